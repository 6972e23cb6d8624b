/** What a sign-in gives back: tokens, or a challenge to answer. Both are plain data. */
import { omitUndefined } from '../../omit-undefined.ts';
import { isSeconds, readTimeClaim } from '../claims.ts';
import { DEFAULT_SESSION_VALIDITY_MINUTES, type UserPoolClient } from '../client/user-pool-client.ts';
import { isNonEmptyString } from '../values.ts';
import { type AnyCallerRow, readChallenge } from './challenge-table.ts';
import type { Challenge, ChallengeCommon } from './challenge-types.ts';
import { problemOfDevice } from './device-slot.ts';
import type { AuthenticationResult, AuthReply } from './replies.ts';
import type { Attempt } from './sign-in-attempt.ts';
import type { Device, DeviceProblem } from './stored-device.ts';

/** Where a sign-in stands. */
export type Step = SignedIn | ChallengeStep;

export interface SignedIn {
  readonly status: 'signed-in';
  /** The user's canonical name (USER_ID_FOR_SRP), whichever alias was typed. */
  readonly username: string;
  readonly tokens: Tokens;
  /** A device that is new to the service. It is there only if the pool tracks devices. */
  readonly newDevice?: NewDevice;
  /** From `confirmNewDevice`: a device to keep for the next sign-in. Secret. */
  readonly device?: Device;
  /** From `confirmNewDevice`: the device counts only after `updateDeviceStatus`. Ask the user first. */
  readonly userConfirmationNecessary?: boolean;
  /** The service asked for the proof of the device that was given, and accepted it. A second factor was not needed. */
  readonly deviceUsed?: true;
  /** Why the device that was given was not used, or why the new one was not confirmed. */
  readonly deviceProblem?: DeviceProblem;
  /** Attributes that were given with a new password but already had a value. Set them with `updateUserAttributes`. */
  readonly unsentAttributes?: Readonly<Record<string, string>>;
}

/** Secret: whoever holds them acts as the user. They are not verified; a server that relies on them has to verify them. */
export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string | undefined;
  /** How long the access token is valid from now, in seconds. */
  readonly expiresIn: number;
  /**
   * When the access token ends: milliseconds since the epoch by the caller's clock. It is counted from the reply, so it is
   * right even if that clock is wrong.
   */
  readonly expiresAt: number;
  /** `Bearer`. */
  readonly tokenType: string;
}

/** `NewDeviceMetadata`. Confirm it with `confirmNewDevice`, or refreshing the tokens fails later. */
export interface NewDevice {
  readonly key: string;
  readonly groupKey: string;
  /** The password of a confirmation that failed, so that the next try uses the same one. Secret. */
  readonly password?: string;
}

export interface ChallengeStep {
  readonly status: 'challenge';
  readonly challenge: Challenge;
  /** Why the device that was given was not used. */
  readonly deviceProblem?: DeviceProblem;
}

/**
 * @param now milliseconds since the epoch by the caller's clock, which `expiresAt` then follows
 * @param serviceNow the same moment by the service's clock, if it is known
 */
export function toTokens(result: AuthenticationResult, now: number, serviceNow = now): Tokens {
  const { AccessToken, IdToken = '', RefreshToken, TokenType = 'Bearer' } = result;
  const { ExpiresIn } = result;
  // A lifetime that no `Date` can hold is ignored, so that the sign-in does not fail because of it
  const expiresIn = isSeconds(ExpiresIn) ? ExpiresIn : remainingSeconds(AccessToken, serviceNow);
  return {
    accessToken: AccessToken,
    idToken: IdToken,
    refreshToken: RefreshToken,
    expiresIn,
    expiresAt: now + expiresIn * 1000,
    tokenType: TokenType,
  };
}

/** How long a token is valid by its claim `exp`, in seconds. A token without that claim counts as one that has ended. */
function remainingSeconds(token: string, now: number): number {
  const end = readTimeClaim(token, 'exp') ?? 0;
  return Math.max(0, Math.round((end - now) / 1000));
}

/** The step for a reply with tokens. */
export function signedInStep(attempt: Attempt, result: AuthenticationResult): SignedIn {
  const { connection, user, device, deviceEphemeral, clockOffsetMs, unsentAttributes } = attempt;
  const now = connection.now();
  const { DeviceKey: key, DeviceGroupKey: groupKey } = result.NewDeviceMetadata ?? {};
  return omitUndefined({
    status: 'signed-in' as const,
    username: user.name,
    tokens: toTokens(result, now, now + clockOffsetMs),
    newDevice: isNonEmptyString(key) && isNonEmptyString(groupKey) ? { key, groupKey } : undefined,
    deviceUsed: device.state === 'found' && deviceEphemeral ? (true as const) : undefined,
    deviceProblem: device.state === 'left-out' ? problemOfDevice(device, user.name) : undefined,
    unsentAttributes,
  });
}

/** The step for a reply with a challenge. */
export function challengeStep(attempt: Attempt, row: AnyCallerRow, reply: AuthReply): ChallengeStep {
  const { connection, user, device, unsentAttributes } = attempt;
  const { pool, now } = connection;
  const common: ChallengeCommon = omitUndefined({
    version: 1 as const,
    username: user.name,
    userPoolId: pool.userPoolId,
    clientId: pool.clientId,
    session: reply.Session,
    expiresAt: sessionExpiry(pool, now()),
    parameters: reply.ChallengeParameters,
    availableChallenges: reply.AvailableChallenges,
    refusedDevice: device.refusedKey,
    unsentAttributes,
  });
  return omitUndefined({
    status: 'challenge' as const,
    challenge: readChallenge(row, reply.ChallengeName ?? '', common, reply.origin),
    deviceProblem: device.state === 'left-out' ? problemOfDevice(device, user.name) : undefined,
  });
}

/**
 * When a session that comes now ends: milliseconds since the epoch by the caller's clock.
 *
 * @param now milliseconds since the epoch by the caller's clock
 */
export const sessionExpiry = (pool: UserPoolClient, now: number): number =>
  now + (pool.authSessionValidityMinutes ?? DEFAULT_SESSION_VALIDITY_MINUTES) * 60_000;
