/**
 * The public functions of `./srp`: whole `AuthParameters` and `ChallengeResponses`, for callers with a transport of
 * their own. They add USERNAME, SECRET_HASH and DEVICE_KEY to what `password-proof.ts` proves.
 */
import { mustBe } from '../errors.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { type ChallengeParameters, readDeviceUsername, readUserIdForSrp } from './challenge-parameters.ts';
import type { Ephemeral } from './client.ts';
import { provePassword } from './password-proof.ts';
import { type ClientCredentials, secretHashOf } from './secret-hash.ts';
import { checkUserPoolId } from './user-pool-id.ts';
import { type DeviceCredentials, deviceIdentity, userIdentity } from './verifier.ts';

/** The wire's `AuthParameters` or `ChallengeResponses`: fits the AWS SDK's inputs as it is. */
export type WireParameters<Keys extends string = never> = { readonly [key in Keys]: string } & {
  readonly [key: string]: string;
};

/** What both verifier challenges are answered with. */
export type PasswordClaim = WireParameters<
  'USERNAME' | 'PASSWORD_CLAIM_SIGNATURE' | 'PASSWORD_CLAIM_SECRET_BLOCK' | 'TIMESTAMP'
>;

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
  const { userPoolId, password, now, deviceKey } = input;
  const username = readUserIdForSrp(parameters, input.username);
  checkUserPoolId(userPoolId);
  const identity = userIdentity(userPoolId, username);
  return omitUndefined({
    USERNAME: username,
    ...provePassword(ephemeral, parameters, { identity, password, now }),
    SECRET_HASH: secretHashOf(username, input),
    DEVICE_KEY: deviceKey,
  });
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
  const { device, now } = input;
  const username = readDeviceUsername(parameters, input.username);
  const claimant = { identity: deviceIdentity(device), password: device.password, now };
  return omitUndefined({
    USERNAME: username,
    ...provePassword(ephemeral, parameters, claimant),
    SECRET_HASH: secretHashOf(username, input),
    DEVICE_KEY: device.key,
  });
}
