/** What a PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER challenge brings, checked field by field. */
import { type BigInteger, compareTo, fromHex, isZero } from '#big-integer';
import { malformed } from '../errors.ts';
import { BASE64 } from './encoding.ts';
import type { Group } from './group.ts';

/** `ChallengeParameters` as the service (or the AWS SDK) gives them. */
export type ChallengeParameters = Readonly<Record<string, string | undefined>>;

/**
 * The numbers and the opaque block of a verifier challenge.
 *
 * @internal
 */
export interface VerifierChallenge {
  readonly B: BigInteger;
  readonly salt: BigInteger;
  /** base64; goes back as PASSWORD_CLAIM_SECRET_BLOCK, untouched. */
  readonly secretBlock: string;
}

/** @throws ProtocolError CHALLENGE_PARAMETER_MISSING with the parameter's name in `field` */
function requiredParameter(parameters: ChallengeParameters, name: string): string {
  const value = parameters[name];
  if (value && typeof value === 'string') return value;
  throw malformed('CHALLENGE_PARAMETER_MISSING', name, 'in the challenge');
}

/**
 * USER_ID_FOR_SRP of a PASSWORD_VERIFIER challenge: the name that is signed, and that is sent as USERNAME.
 *
 * Some emulators leave USER_ID_FOR_SRP out. What they sign with then is USERNAME, or what was typed.
 *
 * @param typedName what the user typed, where it is known
 * @throws ProtocolError CHALLENGE_PARAMETER_MISSING
 */
export const readUserIdForSrp = (parameters: ChallengeParameters, typedName?: string): string =>
  parameters['USER_ID_FOR_SRP'] ||
  parameters['USERNAME'] ||
  typedName ||
  requiredParameter(parameters, 'USER_ID_FOR_SRP');

/**
 * USERNAME of a DEVICE_PASSWORD_VERIFIER challenge.
 *
 * @param username USER_ID_FOR_SRP of the sign-in, where it is known
 * @throws ProtocolError CHALLENGE_PARAMETER_MISSING
 */
export const readDeviceUsername = (parameters: ChallengeParameters, username?: string): string =>
  parameters['USERNAME'] || username || requiredParameter(parameters, 'USERNAME');

/**
 * @throws ProtocolError SRP_B_INVALID unless 0 < SRP_B < N (RFC 5054 §2.5.3 refuses B % N = 0; a B that is
 *   not reduced comes from no right service), SALT_INVALID, SECRET_BLOCK_INVALID, CHALLENGE_PARAMETER_MISSING
 * @internal
 */
export function readVerifierChallenge({ N }: Group, parameters: ChallengeParameters): VerifierChallenge {
  const read = (name: 'SRP_B' | 'SALT' | 'SECRET_BLOCK', expected: string, form: RegExp): string => {
    const text = requiredParameter(parameters, name);
    if (form.test(text)) return text;
    throw malformed(`${name}_INVALID`, name, expected);
  };
  const readNumber = (name: 'SRP_B' | 'SALT') =>
    fromHex(read(name, 'hexadecimal, at most 1024 digits', /^[0-9a-f]{1,1024}$/i));
  const B = readNumber('SRP_B');
  if (isZero(B) || compareTo(B, N) >= 0) throw malformed('SRP_B_INVALID', 'SRP_B', 'from 1 to N - 1');
  return { B, salt: readNumber('SALT'), secretBlock: read('SECRET_BLOCK', 'base64, at most 16 KB', BASE64) };
}
