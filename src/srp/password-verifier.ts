/**
 * PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER: challenge parameters in, challenge responses out.
 *
 * The user and the device go through the same formulas; they differ in identity and password only.
 */
import { fromHex, toByteArray } from '#big-integer';
import { mustBe } from '../errors.ts';
import { omitUndefined } from '../omit-undefined.ts';
import {
  type ChallengeParameters,
  readVerifierChallenge,
  requiredParameter,
} from './challenge-parameters.ts';
import { type Ephemeral, premasterSecret } from './client.ts';
import { cognitoGroup } from './group.ts';
import { passwordClaimSignature } from './proof.ts';
import { type ClientCredentials, secretHashOf } from './secret-hash.ts';
import { scramblingParameter, sessionKey } from './session-key.ts';
import { formatTimestamp } from './timestamp.ts';
import { privateKey } from './verifier.ts';

/** The wire's `AuthParameters` or `ChallengeResponses`: fits the AWS SDK's inputs as it is. */
export type WireParameters<Keys extends string = never> = { readonly [key in Keys]: string } & {
  readonly [key: string]: string;
};

/** A device the user pool knows: what ConfirmDevice was called with. */
export interface DeviceCredentials {
  /** `NewDeviceMetadata.DeviceKey`, e.g. `eu-west-1_a1b2…`. */
  readonly key: string;
  /** `NewDeviceMetadata.DeviceGroupKey`. */
  readonly groupKey: string;
  /** The device password the client made up. */
  readonly password: string;
}

/**
 * `AuthParameters` of InitiateAuth with USER_SRP_AUTH.
 *
 * @param input.username what the user typed: user name, e-mail, phone number or other alias
 */
export function srpAuthParameters(
  ephemeral: Ephemeral,
  input: ClientCredentials & { readonly username: string; readonly deviceKey?: string | undefined },
): WireParameters<'USERNAME' | 'SRP_A'> {
  const { username, deviceKey } = input;
  if (!username) throw mustBe('USERNAME_INVALID', 'username', 'a string that is not empty');
  return omitUndefined({
    USERNAME: username,
    SRP_A: ephemeral.SRP_A,
    SECRET_HASH: secretHashOf(username, input),
    DEVICE_KEY: deviceKey,
  });
}

/**
 * `ChallengeResponses` to PASSWORD_VERIFIER.
 *
 * @param ephemeral the one whose SRP_A went into the request before
 * @param parameters the reply's `ChallengeParameters`
 * @param input.userPoolId `eu-west-1_AbCdEf123`; the part after `_` is signed
 * @param input.username used where the challenge names no USER_ID_FOR_SRP
 * @param input.now milliseconds since the epoch, by the service's clock where it is known
 * @throws ProtocolError for a challenge that no right service sends; ArgumentError for the rest
 */
export function passwordVerifierResponses(
  ephemeral: Ephemeral,
  parameters: ChallengeParameters = {},
  input: ClientCredentials & {
    readonly userPoolId: string;
    readonly username?: string | undefined;
    readonly password: string;
    readonly now: number;
    readonly deviceKey?: string | undefined;
  },
): PasswordClaim {
  // Some emulators leave USER_ID_FOR_SRP out; what they sign with then is USERNAME, or what was typed.
  const username =
    parameters['USER_ID_FOR_SRP'] ||
    parameters['USERNAME'] ||
    input.username ||
    requiredParameter(parameters, 'USER_ID_FOR_SRP');
  const I = poolName(input.userPoolId) + username;
  return claim(ephemeral, parameters, I, input.password, { ...input, username });
}

/** `ChallengeResponses` to DEVICE_SRP_AUTH. `input.username` is USER_ID_FOR_SRP, not an alias. */
export function deviceSrpAuthResponses(
  ephemeral: Ephemeral,
  input: ClientCredentials & { readonly username: string; readonly deviceKey: string },
): WireParameters<'USERNAME' | 'SRP_A' | 'DEVICE_KEY'> {
  return srpAuthParameters(ephemeral, input) as WireParameters<'USERNAME' | 'SRP_A' | 'DEVICE_KEY'>;
}

/**
 * `ChallengeResponses` to DEVICE_PASSWORD_VERIFIER.
 *
 * @param ephemeral the one whose SRP_A answered DEVICE_SRP_AUTH
 * @param input.username USER_ID_FOR_SRP; used where the challenge names no USERNAME
 */
export function devicePasswordVerifierResponses(
  ephemeral: Ephemeral,
  parameters: ChallengeParameters = {},
  input: ClientCredentials & {
    readonly username?: string | undefined;
    readonly device: DeviceCredentials;
    readonly now: number;
  },
): PasswordClaim & WireParameters<'DEVICE_KEY'> {
  const { key: deviceKey, groupKey, password } = input.device;
  const username = parameters['USERNAME'] || input.username || requiredParameter(parameters, 'USERNAME');
  const responses = claim(ephemeral, parameters, groupKey + deviceKey, password, {
    ...input,
    username,
    deviceKey,
  });
  return responses as PasswordClaim & WireParameters<'DEVICE_KEY'>;
}

/** What both verifier challenges are answered with. */
export type PasswordClaim = WireParameters<
  'USERNAME' | 'PASSWORD_CLAIM_SIGNATURE' | 'PASSWORD_CLAIM_SECRET_BLOCK' | 'TIMESTAMP'
>;

/** The proof that the password P of the identity I is known. */
function claim(
  ephemeral: Ephemeral,
  parameters: ChallengeParameters,
  I: string,
  P: string,
  input: ClientCredentials & {
    readonly username: string;
    readonly deviceKey?: string | undefined;
    readonly now: number;
  },
): PasswordClaim {
  const group = cognitoGroup();
  if (typeof P !== 'string') throw mustBe('PASSWORD_INVALID', 'password', 'a string');
  if (typeof ephemeral.a !== 'function') {
    throw mustBe('OPTION_INVALID', 'ephemeral', 'what generateEphemeral gave, not its JSON');
  }
  const { B, salt, secretBlock } = readVerifierChallenge(group, parameters);
  const u = scramblingParameter(group, fromHex(ephemeral.SRP_A), B);
  const x = privateKey(group, toByteArray(salt), I, P);
  const K = sessionKey(group, premasterSecret(group, fromHex(ephemeral.a()), B, u, x), u);
  const TIMESTAMP = formatTimestamp(input.now);
  const { username, deviceKey } = input;
  return omitUndefined({
    USERNAME: username,
    PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
    PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(K, I, secretBlock, TIMESTAMP),
    TIMESTAMP,
    SECRET_HASH: secretHashOf(username, input),
    DEVICE_KEY: deviceKey,
  });
}

/**
 * The part of a user pool id after its `_`, which x and the signature are bound to.
 *
 * @throws ArgumentError USER_POOL_ID_INVALID
 */
export function poolName(userPoolId: string): string {
  // AWS's model: UserPoolIdType, 1..55 of [\w-]+_[0-9a-zA-Z]+
  const name = /^(?=.{1,55}$)[\w-]+_([0-9a-z]+)$/i.exec(userPoolId)?.[1];
  if (name) return name;
  throw mustBe('USER_POOL_ID_INVALID', 'userPoolId', 'like "eu-west-1_AbCdEf123"');
}
