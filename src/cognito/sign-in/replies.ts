/** Replies of InitiateAuth and RespondToAuthChallenge: checked member by member, and what the attempt learns from them. */
import { malformed, type ReplyOrigin } from '../../errors.ts';
import { decodeClaims } from '../claims.ts';
import type { Reply } from '../client/fetch-transport.ts';
import { isNonEmptyString, isRecord, isStringArray } from '../values.ts';
import type { Attempt } from './sign-in-attempt.ts';

/** A reply, in the wire's names. It has an AuthenticationResult or a ChallengeName. */
export interface AuthReply {
  readonly ChallengeName: string | undefined;
  /** The parameters that are strings. */
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly AvailableChallenges: readonly string[] | undefined;
  readonly Session: string | undefined;
  readonly AuthenticationResult: AuthenticationResult | undefined;
  /** Where the reply came from. */
  readonly origin: ReplyOrigin;
  /** The service's clock when it replied: milliseconds since the epoch, if the transport tells it. */
  readonly date: number | undefined;
}

export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string | undefined;
  readonly RefreshToken: string | undefined;
  /** Seconds. Some servers leave it out, and the access token then tells its own end. */
  readonly ExpiresIn: number | undefined;
  readonly TokenType: string | undefined;
  readonly NewDeviceMetadata: Readonly<Record<string, unknown>> | undefined;
}

/** @throws ProtocolError REPLY_MALFORMED that names the member at fault */
export function readReply({ output, origin, date }: Reply): AuthReply {
  const read = memberReader(output, origin);
  const ChallengeName = read('ChallengeName', isNonEmptyString, NON_EMPTY_STRING);
  const ChallengeParameters = stringsOf(read('ChallengeParameters', isRecord, OBJECT) ?? {});
  const AvailableChallenges = read('AvailableChallenges', isStringArray, 'an array of strings');
  const Session = read('Session', isNonEmptyString, NON_EMPTY_STRING);
  const result = read('AuthenticationResult', isRecord, OBJECT);
  if (ChallengeName === undefined && result === undefined) {
    throw malformed('REPLY_MALFORMED', 'ChallengeName', 'there if there are no tokens', origin);
  }
  const AuthenticationResult = result && readResult(result, origin);
  return {
    ChallengeName,
    ChallengeParameters,
    AvailableChallenges,
    Session,
    AuthenticationResult,
    origin,
    date,
  };
}

const stringsOf = (record: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

function readResult(result: Readonly<Record<string, unknown>>, origin: ReplyOrigin): AuthenticationResult {
  const read = memberReader(result, origin);
  const AccessToken = read('AccessToken', isNonEmptyString, NON_EMPTY_STRING);
  if (AccessToken === undefined) throw malformed('REPLY_MALFORMED', 'AccessToken', NON_EMPTY_STRING, origin);
  const ExpiresIn = read('ExpiresIn', isPositiveNumber, 'a number above 0');
  return {
    AccessToken,
    IdToken: read('IdToken', isNonEmptyString, NON_EMPTY_STRING),
    RefreshToken: read('RefreshToken', isNonEmptyString, NON_EMPTY_STRING),
    ExpiresIn: ExpiresIn === undefined ? undefined : Number(ExpiresIn),
    TokenType: read('TokenType', isNonEmptyString, NON_EMPTY_STRING),
    NewDeviceMetadata: read('NewDeviceMetadata', isRecord, OBJECT),
  };
}

const NON_EMPTY_STRING = 'a string that is not empty';
const OBJECT = 'an object';

/** Some servers write a number as a text. */
const isPositiveNumber = (value: unknown): value is number | string => {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
  return isNumeric && Number(value) > 0;
};

/**
 * Reads optional members. The wire may write an absent one as null, and the AWS SDK as undefined. Some servers write an empty
 * text.
 */
const memberReader =
  (record: Readonly<Record<string, unknown>>, origin: ReplyOrigin) =>
  <T>(name: string, is: (value: unknown) => value is T, expected: string): T | undefined => {
    const value = record[name] === '' ? undefined : (record[name] ?? undefined);
    if (value === undefined || is(value)) return value;
    throw malformed('REPLY_MALFORMED', name, expected, origin);
  };

/**
 * The attempt after a reply. Every reply may tell the service's clock and the canonical user. An access token tells the
 * user more reliably than challenge parameters do.
 */
export function learnFrom(attempt: Attempt, reply: AuthReply): Attempt {
  const { USER_ID_FOR_SRP, USERNAME } = reply.ChallengeParameters;
  const claims = decodeClaims(reply.AuthenticationResult?.AccessToken ?? '');
  const name = [claims?.['username'], USER_ID_FOR_SRP, USERNAME].find(isNonEmptyString);
  const isLearnt = name !== undefined && !(attempt.user.isCanonical && attempt.user.name === name);
  return {
    ...attempt,
    user: isLearnt ? { name, isCanonical: true } : attempt.user,
    clockOffsetMs: reply.date === undefined ? attempt.clockOffsetMs : reply.date - attempt.connection.now(),
  };
}
