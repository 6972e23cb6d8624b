/** What a sign-in gives back: tokens, or a challenge to answer. Plain data. */

import { malformed } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { type CallOptions, clock, originOf } from '../client/connection.ts';
import { sessionExpiry } from '../client/user-pool-client.ts';
import type { AuthenticationResult, AuthReply } from '../client/wire-types.ts';
import { isNonEmptyString, isRecord, isStringArray } from '../values.ts';
import type { CallerRow } from './challenge-table.ts';
import type { Challenge, ChallengeCommon, ChallengeName, ChallengeOf } from './challenge-types.ts';
import { problemOf } from './offered-device.ts';
import type { Attempt } from './sign-in-attempt.ts';
import type { Device, DeviceProblem } from './stored-device.ts';

/** Where a sign-in stands. */
export type Step = SignedIn | ChallengeStep;

export interface SignedIn {
  readonly status: 'signed-in';
  /** The user's canonical name (USER_ID_FOR_SRP), whichever alias was typed. */
  readonly username: string;
  readonly tokens: Tokens;
  /** A device the service has not met before, where the pool tracks devices. */
  readonly newDevice?: NewDevice;
  /** From `confirmNewDevice`: a device to keep for the next sign-in. Secret. */
  readonly device?: Device;
  /** From `confirmNewDevice`: the device counts only after `updateDeviceStatus`; ask the user. */
  readonly userConfirmationNecessary?: boolean;
  /** Why the device that was given was not used, or the new one not confirmed. */
  readonly deviceProblem?: DeviceProblem;
  /** Attributes given with a new password that already had a value: set them by `updateUserAttributes`. */
  readonly unsentAttributes?: Readonly<Record<string, string>>;
}

/** Secret: whoever holds them is the user. Not verified; a server that trusts them has to verify them. */
export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string | undefined;
  /** Seconds that the access token lives from now. */
  readonly expiresIn: number;
  /**
   * When the access token ends: milliseconds since the epoch by the caller's clock, right or wrong, because it
   * is counted from the reply.
   */
  readonly expiresAt: number;
  /** `Bearer`. */
  readonly tokenType: string;
}

/** `NewDeviceMetadata`: confirm it, or refreshing the tokens fails later. */
export interface NewDevice {
  readonly key: string;
  readonly groupKey: string;
  /** Of a confirmation that failed, for the next try. Secret. */
  readonly password?: string;
}

export interface ChallengeStep {
  readonly status: 'challenge';
  readonly challenge: Challenge;
  /** Why the device that was given was not used. */
  readonly deviceProblem?: DeviceProblem;
}

/** What the members of a reply must be, where they are there. */
const SHAPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  ChallengeName: isNonEmptyString,
  ChallengeParameters: isRecord,
  Session: isNonEmptyString,
  AvailableChallenges: isStringArray,
  AuthenticationResult: isRecord,
  AccessToken: isNonEmptyString,
  IdToken: isNonEmptyString,
  RefreshToken: isNonEmptyString,
  ExpiresIn: (value) => typeof value === 'number' && value > 0,
  TokenType: isNonEmptyString,
  NewDeviceMetadata: isRecord,
};

/** The reply of InitiateAuth or RespondToAuthChallenge, its shape checked. */
export function readAuthReply(operation: string, output: Readonly<Record<string, unknown>>): AuthReply {
  const origin = originOf(operation, output);
  const known = (record: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(SHAPES).map(([name, fits]) => {
        // The AWS SDK writes absent members as undefined, the wire may write null
        const value = record[name] ?? undefined;
        if (value === undefined || fits(value)) return [name, value];
        throw malformed('REPLY_MALFORMED', name, "as AWS's model says", origin);
      }),
    );
  const reply: Partial<AuthReply> = known(output);
  const { ChallengeName, ChallengeParameters = {} } = reply;
  const AuthenticationResult = reply.AuthenticationResult && known({ ...reply.AuthenticationResult });
  if (AuthenticationResult ? !AuthenticationResult['AccessToken'] : !ChallengeName) {
    const field = AuthenticationResult ? 'AccessToken' : 'ChallengeName';
    throw malformed('REPLY_MALFORMED', field, 'there: tokens or a challenge', origin);
  }
  const parameters = Object.entries(ChallengeParameters).filter(([, value]) => typeof value === 'string');
  return { ...reply, AuthenticationResult, ChallengeParameters: Object.fromEntries(parameters) } as AuthReply;
}

/** @param options whose clock `expiresAt` is told by */
export function tokensOf(result: AuthenticationResult, options: CallOptions): Tokens {
  const expiresIn = result.ExpiresIn ?? 0;
  return {
    accessToken: result.AccessToken,
    idToken: result.IdToken ?? '',
    refreshToken: result.RefreshToken ?? undefined,
    expiresIn,
    expiresAt: clock(options) + expiresIn * 1000,
    tokenType: result.TokenType ?? 'Bearer',
  };
}

/** Tokens, and what else is to be told with them. */
export function signedIn(attempt: Attempt, result: AuthenticationResult): SignedIn {
  const { DeviceKey: key, DeviceGroupKey: groupKey } = result.NewDeviceMetadata ?? {};
  return omitUndefined({
    status: 'signed-in' as const,
    username: attempt.username,
    tokens: tokensOf(result, attempt.options),
    newDevice: isNonEmptyString(key) && isNonEmptyString(groupKey) ? { key, groupKey } : undefined,
    deviceProblem: problemOf(attempt),
    unsentAttributes: attempt.unsentAttributes,
  });
}

/** A reply's challenge as data. */
export function challengeStep<Name extends ChallengeName>(
  attempt: Attempt,
  name: Name,
  row: CallerRow<Name>,
  reply: AuthReply,
): ChallengeStep {
  const { pool, options, username, unsentAttributes, refusedDevice } = attempt;
  const common: ChallengeCommon = omitUndefined({
    version: 1 as const,
    username,
    userPoolId: pool.userPoolId,
    clientId: pool.clientId,
    session: reply.Session,
    expiresAt: sessionExpiry(pool, clock(options)),
    parameters: reply.ChallengeParameters,
    refusedDevice,
    unsentAttributes,
  });
  const challenge = { ...common, name, ...row.read(reply) } as ChallengeOf<ChallengeName> as Challenge;
  return omitUndefined({
    status: 'challenge' as const,
    challenge,
    deviceProblem: problemOf(attempt),
  });
}
