/** What an answer to a challenge leads to: the same question again, or the end of the sign-in. */
import type { Challenge } from '../cognito/sign-in/challenge-types.ts';
import { ArgumentError, ProtocolError, ServiceError } from '../errors.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { ChallengeState } from './sign-in-state.ts';

/** The state without what is said about the answer before. */
export const withoutRemarks = ({ status, challenge, username, canResend, softwareToken }: ChallengeState) =>
  omitUndefined({ status, challenge, username, canResend, softwareToken });

/** Whether the service asks the same again. It does not say that an answer to the pool's own question was wrong. */
export const isSameQuestion = (before: Challenge, now: Challenge): boolean =>
  (now.name === 'CUSTOM_CHALLENGE' || now.name === 'UNKNOWN') &&
  now.name === before.name &&
  JSON.stringify(now.parameters) === JSON.stringify(before.parameters);

/** Whether the user can answer the challenge of this state once more. */
export function canAnswerAgain(error: unknown, { canResend }: ChallengeState): boolean {
  if (error instanceof ArgumentError) return error.code !== 'CHALLENGE_INVALID';
  if (!(error instanceof ServiceError || error instanceof ProtocolError)) return true;
  const { recovery } = error;
  return (
    recovery === 'answer-again' || recovery === 'try-later' || (recovery === 'request-new-code' && canResend)
  );
}

/** The codes that the service sends as a first factor, and so can send again. */
const RESENDABLE: readonly string[] = ['EMAIL_OTP', 'SMS_OTP'];

/** @param factor the first factor that was asked for, if one was */
export const canSendAgain = (challenge: Challenge, factor: unknown): boolean =>
  challenge.name === factor && RESENDABLE.includes(challenge.name);
