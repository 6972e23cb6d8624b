/** The second factor: decides which one is asked for, and judges SOFTWARE_TOKEN_MFA and SELECT_MFA_TYPE. */
import { required } from '../domain/admission.ts';
import { assertNotLockedOut, codeFailures, countFailure, forgetFailures } from '../domain/lockout.ts';
import { invalidParameter, ServiceException } from '../domain/service-exception.ts';
import { noSoftwareToken, useCode } from '../domain/totp.ts';
import type { MfaFactor, User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import { type Answer, type Attempt, type ChallengeReply, challenge, wrongCode } from './attempt.ts';
import { destinationOf, sendCode } from './code-challenges.ts';
import type { AwaitedOf } from './sessions.ts';

/** The factors that a user without one can set up. SMS is not among them, as in the service. */
const CAN_SET_UP: readonly MfaFactor[] = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];

/** Whether the user has what the factor needs: an authenticator app or an address. */
export const canReach = (user: User, factor: MfaFactor): boolean =>
  factor === 'SOFTWARE_TOKEN_MFA'
    ? user.softwareToken !== undefined
    : destinationOf(user, factor) !== undefined;

/**
 * Lists the factors that a sign-in can ask for: those that the user has turned on. Where the pool requires MFA and none is turned on, it
 * asks for every factor that needs no set-up (see `needsNoSetup`), as documented. Reported too (aws-amplify/amplify-js#1875, #4646 and
 * #11258): a phone number is enough for SMS_MFA, and an authenticator app beside it makes a choice.
 */
export function factorsToAsk(pool: Pool, user: User): readonly MfaFactor[] {
  const turnedOn = user.mfa.enabled.filter(
    (factor) => pool.mfaFactors.includes(factor) && canReach(user, factor),
  );
  if (turnedOn.length > 0 || pool.mfa !== 'ON') return turnedOn;
  return pool.mfaFactors.filter((factor) => canReach(user, factor) && needsNoSetup(pool, user, factor));
}

/**
 * Whether a pool that requires MFA asks for a factor that is not turned on. Documented: the address need not be verified, but an address
 * that is the first way to recover the account is not used.
 */
function needsNoSetup({ recovery }: Pool, { mfa }: User, factor: MfaFactor): boolean {
  // Reported (aws/aws-sdk-js-v3#7961): a user who has turned all factors off is still asked for them
  if (factor === 'SOFTWARE_TOKEN_MFA' || mfa.switchedOff?.includes(factor) === true) return true;
  if (factor === 'EMAIL_OTP' && mfa.emailSetUp === true) return true;
  return recovery?.[0] !== (factor === 'SMS_MFA' ? 'verified_phone_number' : 'verified_email');
}

/** Asks for the second factor, if there is one to ask for. */
export async function mfaChallenge(attempt: Attempt): Promise<ChallengeReply | undefined> {
  const { pool, user } = attempt;
  if (pool.mfa === 'OFF') return undefined;
  const factors = factorsToAsk(pool, user);
  const { preferred } = user.mfa;
  if (preferred !== undefined && factors.includes(preferred)) return askForFactor(attempt, preferred);
  const [only, ...others] = factors;
  if (only === undefined) return pool.mfa === 'ON' ? askForSetup(attempt) : undefined;
  if (others.length === 0) return askForFactor(attempt, only);
  return challenge(
    attempt,
    { challengeName: 'SELECT_MFA_TYPE', choices: factors },
    { MFAS_CAN_CHOOSE: JSON.stringify(factors), USER_ID_FOR_SRP: attempt.username },
  );
}

/** What AWS offers where the pool has text messages alone is not known. Here the list is empty. */
function askForSetup(attempt: Attempt): ChallengeReply {
  const choices = CAN_SET_UP.filter((factor) => attempt.pool.mfaFactors.includes(factor));
  return challenge(
    attempt,
    { challengeName: 'MFA_SETUP', choices },
    { MFAS_CAN_SETUP: JSON.stringify(choices), USER_ID_FOR_SRP: attempt.username },
  );
}

/** Asks for one second factor. */
export async function askForFactor(attempt: Attempt, factor: MfaFactor): Promise<ChallengeReply> {
  if (factor !== 'SOFTWARE_TOKEN_MFA') return sendCode(attempt, factor, 'mfa');
  const name = attempt.user.softwareToken?.friendlyName;
  return challenge(
    attempt,
    { challengeName: 'SOFTWARE_TOKEN_MFA' },
    { ...(name !== undefined && { FRIENDLY_DEVICE_NAME: name }), USER_ID_FOR_SRP: attempt.username },
  );
}

export async function answerSelectMfaType(
  answer: Answer<AwaitedOf<'SELECT_MFA_TYPE'>>,
): Promise<ChallengeReply> {
  const chosen = required(answer.responses, 'ANSWER');
  const factor = answer.awaited.choices.find((choice) => choice === chosen);
  if (!factor) throw invalidParameter('ANSWER is not one of MFAS_CAN_CHOOSE');
  answer.session.used = true;
  return askForFactor(answer, factor);
}

/** Checks the code. The session cannot be used again if the code is right. */
export function takeSoftwareTokenCode(answer: Answer<AwaitedOf<'SOFTWARE_TOKEN_MFA'>>): void {
  const { pool, user, session, responses } = answer;
  const code = required(responses, 'SOFTWARE_TOKEN_MFA_CODE');
  if (!user.softwareToken) throw noSoftwareToken();
  const failures = codeFailures(pool, user);
  assertNotLockedOut(pool, failures);
  const used = useCode(user.softwareToken, code, pool.now());
  if (!used) {
    countFailure(pool, failures);
    throw wrongCode(answer, new ServiceException('CodeMismatchException', 'Invalid code received for user'));
  }
  pool.users.note(user, { softwareToken: used });
  forgetFailures(failures);
  session.used = true;
}
