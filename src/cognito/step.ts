/** What a sign-in gives back: tokens, or a challenge to answer. Plain data. */
import { ProtocolError } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import type { CallOptions } from './call.ts';
import type { Challenge, ChallengeCommon, ChallengeName, ChallengeOf } from './challenge.ts';
import type { CallerRow } from './challenges.ts';
import { decodeClaims } from './claims.ts';
import type { Device } from './device.ts';
import type { DeviceProblem } from './known-device.ts';
import type { AuthenticationResult, AuthReply } from './operations.ts';
import { sessionExpiry } from './session.ts';

/** Where a sign-in stands. */
export type Step = SignedIn | ChallengeStep;

export interface SignedIn {
  readonly status: 'signed-in';
  /** The user's canonical name (USER_ID_FOR_SRP), whichever alias was typed. */
  readonly username: string;
  readonly tokens: Tokens;
  /** A device the service has not met before, where the pool tracks devices. */
  readonly newDevice?: NewDevice;
  /** From `rememberDevice`: a device to keep for the next sign-in. Secret. */
  readonly device?: Device;
  /** From `rememberDevice`: the device counts only after `updateDeviceStatus`; ask the user. */
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
}

export interface ChallengeStep {
  readonly status: 'challenge';
  readonly challenge: Challenge;
  /** Why the device that was given was not used. */
  readonly deviceProblem?: DeviceProblem;
}

/** The reply of InitiateAuth or RespondToAuthChallenge, its shape checked. */
export function readAuthReply(operation: string, output: Readonly<Record<string, unknown>>): AuthReply {
  const malformed = (field: string, expected: string) =>
    new ProtocolError('REPLY_MALFORMED', `${operation}: "${field}" must be ${expected}`, {
      operation,
      field,
    });
  const { ChallengeName, ChallengeParameters, Session, AvailableChallenges, AuthenticationResult } = output;

  const reply: { -readonly [Key in keyof AuthReply]: AuthReply[Key] } = {};
  if (isPresent(ChallengeName)) {
    if (typeof ChallengeName !== 'string') throw malformed('ChallengeName', 'a string');
    reply.ChallengeName = ChallengeName;
  }
  if (isPresent(ChallengeParameters)) {
    if (!isObject(ChallengeParameters)) throw malformed('ChallengeParameters', 'an object of strings');
    const strings = Object.entries(ChallengeParameters).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    reply.ChallengeParameters = Object.fromEntries(strings);
  }
  if (isPresent(Session)) {
    if (typeof Session !== 'string') throw malformed('Session', 'a string');
    reply.Session = Session;
  }
  if (Array.isArray(AvailableChallenges)) reply.AvailableChallenges = AvailableChallenges.map(String);
  if (isPresent(AuthenticationResult)) {
    if (!isObject(AuthenticationResult)) throw malformed('AuthenticationResult', 'an object');
    if (
      typeof AuthenticationResult['AccessToken'] !== 'string' ||
      AuthenticationResult['AccessToken'] === ''
    ) {
      throw malformed('AuthenticationResult.AccessToken', 'a token');
    }
    reply.AuthenticationResult = AuthenticationResult as unknown as AuthenticationResult;
  }
  if (reply.ChallengeName === undefined && reply.AuthenticationResult === undefined) {
    throw new ProtocolError(
      'REPLY_MALFORMED',
      `${operation}: the reply has neither "ChallengeName" nor "AuthenticationResult"`,
      { operation },
    );
  }
  return reply;
}

/** The AWS SDK writes absent members as undefined, the wire may write null. */
const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param options whose clock `expiresAt` is told by */
export function tokensOf(result: AuthenticationResult, { now }: CallOptions): Tokens {
  const expiresIn = result.ExpiresIn ?? 0;
  return {
    accessToken: result.AccessToken,
    idToken: result.IdToken ?? '',
    refreshToken: result.RefreshToken,
    expiresIn,
    expiresAt: (now ?? Date.now)() + expiresIn * 1000,
    tokenType: result.TokenType ?? 'Bearer',
  };
}

/** @param attempt whose canonical name the access token tells better than any reply before it */
export function signedIn(attempt: Attempt, result: AuthenticationResult): SignedIn {
  const device = result.NewDeviceMetadata;
  const username = decodeClaims(result.AccessToken)?.['username'];
  return {
    status: 'signed-in',
    username: typeof username === 'string' ? username : attempt.username,
    tokens: tokensOf(result, attempt.options),
    ...(device?.DeviceKey &&
      device.DeviceGroupKey && { newDevice: { key: device.DeviceKey, groupKey: device.DeviceGroupKey } }),
    ...deviceProblemOf(attempt),
    ...(attempt.unsentAttributes && { unsentAttributes: attempt.unsentAttributes }),
  };
}

export const deviceProblemOf = ({
  deviceState: { problem },
}: Attempt): { readonly deviceProblem?: DeviceProblem } => (problem ? { deviceProblem: problem } : {});

/** A reply's challenge as data. */
export function readChallenge<Name extends ChallengeName>(
  attempt: Attempt,
  name: Name,
  row: CallerRow<Name>,
  reply: AuthReply,
): ChallengeOf<Name> {
  const { pool, options, username, unsentAttributes, deviceState } = attempt;
  const common: ChallengeCommon = {
    version: 1,
    username,
    userPoolId: pool.userPoolId,
    clientId: pool.clientId,
    ...(reply.Session !== undefined && { session: reply.Session }),
    expiresAt: sessionExpiry(pool, options),
    parameters: reply.ChallengeParameters ?? {},
    ...(deviceState.refused && { refusedDevice: deviceState.refused }),
    ...(unsentAttributes && { unsentAttributes }),
  };
  return Object.assign(common, { name }, row.read(reply));
}
