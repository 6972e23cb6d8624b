/**
 * The proof that a password is known: what PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER are answered with.
 *
 * A user and a device go through the same formulas. They differ only in identity and password.
 */
import { fromHex, toByteArray } from '#big-integer';
import { mustBe } from '../errors.ts';
import { type ChallengeParameters, readVerifierChallenge } from './challenge-parameters.ts';
import type { Ephemeral } from './ephemeral.ts';
import {
  passwordClaimSignature,
  premasterSecret,
  privateKey,
  scramblingParameter,
  sessionKey,
} from './formulas.ts';
import { cognitoGroup } from './group.ts';
import { checkRuntime } from './runtime.ts';

/** Whose password is proved, and when. */
export interface PasswordClaimant {
  /** I: `userIdentity` or `deviceIdentity`. */
  readonly identity: string;
  /** P: the user's password, or the one the client made up for the device. */
  readonly password: string;
  /** Milliseconds since the epoch, by the service's clock if it is known. */
  readonly now: number;
}

/** The responses that prove a password. USERNAME, SECRET_HASH and DEVICE_KEY are added where they are sent. */
export interface PasswordProof {
  /** The challenge's SECRET_BLOCK, unchanged. */
  readonly PASSWORD_CLAIM_SECRET_BLOCK: string;
  /** M: base64, 44 characters. */
  readonly PASSWORD_CLAIM_SIGNATURE: string;
  /** The moment that M covers, as `formatTimestamp` writes it. */
  readonly TIMESTAMP: string;
}

/**
 * Proves the password P of the identity I.
 *
 * @param ephemeral the one whose SRP_A the service has
 * @param parameters the challenge's `ChallengeParameters`
 * @throws ArgumentError PASSWORD_INVALID, OPTION_INVALID (`ephemeral`, `now`) or RUNTIME_INCOMPLETE
 * @throws ProtocolError CHALLENGE_PARAMETER_MISSING, SRP_B_INVALID, SALT_INVALID, SECRET_BLOCK_INVALID or U_ZERO
 */
export function provePassword(
  ephemeral: Ephemeral,
  parameters: ChallengeParameters,
  { identity: I, password: P, now }: PasswordClaimant,
): PasswordProof {
  // First, because an engine without BigInt cannot have made the ephemeral either
  checkRuntime();
  if (typeof P !== 'string') throw mustBe('PASSWORD_INVALID', 'password', 'a string');
  if (typeof ephemeral?.a !== 'function') {
    throw mustBe('OPTION_INVALID', 'ephemeral', 'what generateEphemeral returned, not a copy of its JSON');
  }
  const TIMESTAMP = formatTimestamp(now);
  const a = fromHex(ephemeral.a());
  const A = fromHex(ephemeral.SRP_A);
  const group = cognitoGroup();
  const { B, salt, secretBlock } = readVerifierChallenge(group, parameters);
  const u = scramblingParameter(group, A, B);
  const x = privateKey(group, toByteArray(salt), I, P);
  const S = premasterSecret(group, a, B, u, x);
  const K = sessionKey(group, S, u);
  return {
    PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
    PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(K, I, secretBlock, TIMESTAMP),
    TIMESTAMP,
  };
}

/**
 * Writes a moment as Cognito wants it signed: `Fri Sep 4 03:05:09 UTC 2026`. This is Java's `EEE MMM d HH:mm:ss z yyyy`
 * in English, so the day has no leading zero and the time has. The service refuses any other spelling, so the locale
 * and the time zone of the machine take no part.
 *
 * @param now milliseconds since the epoch: `Date.now()`, or the service's clock if it is known
 * @returns the wire's TIMESTAMP
 * @throws ArgumentError OPTION_INVALID if `now` is not a moment
 * @example
 * ```ts
 * import { formatTimestamp } from 'cognito-srp-engine/srp';
 *
 * console.log(formatTimestamp(Date.UTC(2026, 8, 4, 3, 5, 9))); // Fri Sep 4 03:05:09 UTC 2026
 * ```
 */
export function formatTimestamp(now: number): string {
  // ECMA-262 fixes this text for every locale: "Thu, 04 Sep 2026 03:05:09 GMT"
  const [weekday, day, month, year, time] = new Date(now).toUTCString().split(/, 0?| /);
  if (!time) throw mustBe('OPTION_INVALID', 'now', 'milliseconds since the epoch');
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
