/**
 * Computes device verifiers by three codes from the same random bytes: the package over bigint, the package over jsbn, and
 * generateHashDevice of amazon-cognito-identity-js.
 */
import helperModule from 'amazon-cognito-identity-js/lib/AuthenticationHelper.js';
import wordsModule from 'amazon-cognito-identity-js/lib/utils/WordArray.js';
import type { DeviceInput, DeviceOutput } from './device-engine.ts';
import { type Draw, sharingPowers } from './handshakes.ts';

export type Compute = (input: DeviceInput) => DeviceOutput;

export interface Engines {
  readonly native: Compute;
  readonly jsbn: Compute;
}

/** What of AuthenticationHelper is used here. */
interface Helper {
  readonly generateHashDevice: (groupKey: string, key: string, callback: (error: unknown) => void) => void;
  readonly getRandomPassword: () => string;
  readonly getSaltDevices: () => string;
  readonly getVerifierDevices: () => string;
}

/** Node gives a CommonJS module as the default, Babel's readers its member of that name. */
const defaultOf = <T>(module: { readonly default: T } | T): T =>
  (module as { readonly default?: T }).default ?? (module as T);
const AuthenticationHelper = defaultOf(helperModule);
/** identity-js' randomness: what every secret of it is drawn by. */
export const WordArray = defaultOf(wordsModule);

const helper = new AuthenticationHelper('x') as unknown as Helper;

/** The same by amazon-cognito-identity-js, which is given our bytes where it asks for random ones. */
export const identityJs: Compute = ({ groupKey, key, password, salt }) => {
  const draws = [password, salt];
  const original = WordArray.prototype.random;
  WordArray.prototype.random = (length) => {
    const bytes = Buffer.from(draws.shift() ?? '', 'hex');
    if (bytes.length !== length) throw new Error(`${length} random bytes were asked for`);
    const words = Array.from({ length: length / 4 }, (_, i) => bytes.readInt32BE(4 * i));
    return new WordArray(words, length);
  };
  try {
    helper.generateHashDevice(groupKey, key, (error) => {
      if (error) throw error;
    });
  } finally {
    WordArray.prototype.random = original;
  }
  // As in its CognitoUser
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
  return {
    password: helper.getRandomPassword(),
    PasswordVerifier: base64(helper.getVerifierDevices()),
    Salt: base64(helper.getSaltDevices()),
  };
};

/** @param saltBegin hexadecimal; the rest of the salt is drawn */
export function drawDevice(draw: Draw, saltBegin = ''): DeviceInput {
  const hex = (length: number) => draw(length).toString('hex');
  const uuid = hex(16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return {
    groupKey: `-${draw(6).toString('base64url')}`,
    key: `eu-west-1_${uuid}`,
    password: hex(40),
    salt: (saltBegin + hex(16)).slice(0, 32),
  };
}

/** The first implementation that disagrees with bigint's verifier, or undefined. */
export function disagreement(
  input: DeviceInput,
  engines: Engines,
  index: number,
  share: boolean,
): string | undefined {
  const expected = JSON.stringify(engines.native(input));
  const others: [string, Compute][] = [
    ['jsbn', engines.jsbn],
    ['amazon-cognito-identity-js', identityJs],
  ];
  // By turns, so that each one's own modPow is used
  if (index % 2 === 1) others.reverse();
  const compare = () => others.find(([, compute]) => JSON.stringify(compute(input)) !== expected)?.[0];
  return share ? sharingPowers(compare) : compare();
}
