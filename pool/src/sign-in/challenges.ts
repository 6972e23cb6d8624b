/** The table of challenges: the function that judges the answer to each, and the responses it requires. */
import { incorrectUsernameOrPassword } from '../domain/service-exception.ts';
import type { ChallengeNameType } from '../model/types.generated.ts';
import type { Answer, Reply, UnknownAttempt } from './attempt.ts';
import { takeCode } from './code-challenges.ts';
import { afterFactor, answerCustomChallenge } from './custom-auth.ts';
import { answerDeviceSrpAuth } from './device-challenges.ts';
import { answerSelectMfaType, takeSoftwareTokenCode } from './mfa.ts';
import { answerMfaSetup, proveCode } from './mfa-setup.ts';
import { answerNewPasswordRequired } from './new-password.ts';
import type { Awaited, AwaitedOf } from './sessions.ts';
import { withMethod } from './trail.ts';
import { answerPassword, answerSelectChallenge, answerWebAuthn } from './user-auth.ts';

/**
 * The challenges that are answered with a Session. The verifier challenges need none and are judged elsewhere. The
 * sessions of a sign-up do not belong to a challenge.
 */
type SessionChallenge = Exclude<
  Awaited['challengeName'],
  'PASSWORD_VERIFIER' | 'DEVICE_PASSWORD_VERIFIER' | 'SIGN_UP' | 'SIGN_UP_CONFIRMED'
>;

interface ChallengeRule<A extends Awaited> {
  readonly answer: (answer: Answer<A>) => Promise<Reply>;
  /** Judges the answer of a user who does not exist. Default: the refusal of a wrong password. */
  readonly answerHidden?: (answer: Answer<A, UnknownAttempt>) => Promise<Reply>;
}

type AwaitedCode = AwaitedOf<'SMS_MFA'> | AwaitedOf<'EMAIL_OTP'> | AwaitedOf<'SMS_OTP'>;

const code = {
  answer: async (answer: Answer<AwaitedCode>): Promise<Reply> =>
    afterFactor(proveCode(answer), answer.awaited.challengeName),
  answerHidden: async (
    answer: Answer<AwaitedOf<'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP'>, UnknownAttempt>,
  ): Promise<Reply> => {
    takeCode(answer);
    throw incorrectUsernameOrPassword();
  },
};

const CHALLENGES: { readonly [Name in SessionChallenge]: ChallengeRule<AwaitedOf<Name>> } = {
  NEW_PASSWORD_REQUIRED: { answer: answerNewPasswordRequired },
  SMS_MFA: code,
  EMAIL_OTP: code,
  SMS_OTP: code,
  SOFTWARE_TOKEN_MFA: {
    answer: async (answer) => {
      takeSoftwareTokenCode(answer);
      return afterFactor(withMethod(answer, 'otp'), 'SOFTWARE_TOKEN_MFA');
    },
  },
  SELECT_MFA_TYPE: { answer: answerSelectMfaType },
  MFA_SETUP: { answer: answerMfaSetup },
  SELECT_CHALLENGE: { answer: answerSelectChallenge, answerHidden: answerSelectChallenge },
  PASSWORD: { answer: answerPassword, answerHidden: answerPassword },
  PASSWORD_SRP: { answer: answerPassword, answerHidden: answerPassword },
  WEB_AUTHN: { answer: answerWebAuthn },
  CUSTOM_CHALLENGE: { answer: answerCustomChallenge, answerHidden: answerCustomChallenge },
  DEVICE_SRP_AUTH: { answer: answerDeviceSrpAuth },
};

const CLAIM = ['PASSWORD_CLAIM_SECRET_BLOCK', 'PASSWORD_CLAIM_SIGNATURE', 'TIMESTAMP'];

/** The ChallengeResponses that an answer must have, besides USERNAME. */
const REQUIRED: Partial<Record<ChallengeNameType, readonly string[]>> = {
  PASSWORD_VERIFIER: CLAIM,
  NEW_PASSWORD_REQUIRED: ['NEW_PASSWORD'],
  SMS_MFA: ['SMS_MFA_CODE'],
  EMAIL_OTP: ['EMAIL_OTP_CODE'],
  SMS_OTP: ['SMS_OTP_CODE'],
  SOFTWARE_TOKEN_MFA: ['SOFTWARE_TOKEN_MFA_CODE'],
  SELECT_MFA_TYPE: ['ANSWER'],
  SELECT_CHALLENGE: ['ANSWER'],
  PASSWORD: ['PASSWORD'],
  PASSWORD_SRP: ['SRP_A'],
  WEB_AUTHN: ['CREDENTIAL'],
  CUSTOM_CHALLENGE: ['ANSWER'],
  DEVICE_SRP_AUTH: ['SRP_A'],
  DEVICE_PASSWORD_VERIFIER: CLAIM,
};

export const requiredResponses = (name: ChallengeNameType): readonly string[] => REQUIRED[name] ?? [];

export const isSessionChallenge = (name: ChallengeNameType): name is SessionChallenge =>
  Object.hasOwn(CHALLENGES, name);

/** Answers the challenge that the session waits for. */
export function answerChallenge<Name extends SessionChallenge>(
  name: Name,
  answer: Answer<AwaitedOf<Name>, UnknownAttempt>,
): Promise<Reply> {
  const rule: ChallengeRule<AwaitedOf<Name>> = CHALLENGES[name];
  const { user } = answer;
  if (user) return rule.answer({ ...answer, user });
  if (rule.answerHidden) return rule.answerHidden(answer);
  throw incorrectUsernameOrPassword();
}
