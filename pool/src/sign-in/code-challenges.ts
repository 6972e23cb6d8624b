/** SMS_MFA, EMAIL_OTP and SMS_OTP: the pool sends a code, and the user has to return it. */
import { required } from '../domain/admission.ts';
import { type Destination, maskDestination, simulatedDestination } from '../domain/codes.ts';
import { assertNotLockedOut, codeFailures, countFailure, forgetFailures } from '../domain/lockout.ts';
import { invalidParameter } from '../domain/service-exception.ts';
import type { User } from '../domain/user.ts';
import { sendMessage } from '../messages/send-message.ts';
import {
  type Answer,
  type Attempt,
  type ChallengeReply,
  challenge,
  type UnknownAttempt,
  wrongCode,
} from './attempt.ts';
import type { AwaitedChallenge, AwaitedOf } from './sessions.ts';

type CodeChallenge = 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP';
type Role = AwaitedOf<'EMAIL_OTP'>['role'];

const DIGITS: Readonly<Record<Role, number>> = { 'first-factor': 8, mfa: 6, 'mfa-setup': 6 };

/** Finds the address that the code of a challenge is sent to, if the user has one. */
export function destinationOf({ attributes }: User, name: CodeChallenge): Destination | undefined {
  const medium = name === 'EMAIL_OTP' ? 'EMAIL' : 'SMS';
  const to = medium === 'EMAIL' ? attributes['email'] : attributes['phone_number'];
  return to === undefined ? undefined : { to, medium };
}

/** @param email the address to send to, for MFA_SETUP. Default: that of the user. */
export async function sendCode(
  attempt: Attempt,
  name: CodeChallenge,
  role: Role,
  email?: string,
): Promise<ChallengeReply> {
  const { pool, client, user, clientMetadata } = attempt;
  const destination: Destination | undefined =
    email === undefined ? destinationOf(user, name) : { to: email, medium: 'EMAIL' };
  if (!destination) throw invalidParameter(`The user has no address for ${name}`);
  const code = pool.codes.make(DIGITS[role]);
  const { ClientId: clientId } = client;
  await sendMessage(
    pool,
    { purpose: name, occasion: 'Authentication', user, clientId, clientMetadata, destination },
    code,
  );
  return challenge(
    attempt,
    { challengeName: name, code, role, ...(email !== undefined && { email }) },
    {
      ...describeDelivery(destination),
      // Measured: a first factor has no other parameters than these two
      ...(role !== 'first-factor' && { USER_ID_FOR_SRP: attempt.username }),
    },
  );
}

/** Makes the same reply for a user who does not exist. Nothing is sent, and no code is right. */
export function pretendToSendCode(attempt: UnknownAttempt): ChallengeReply {
  const awaited: AwaitedChallenge = { challengeName: 'EMAIL_OTP', code: '', role: 'first-factor' };
  return challenge(attempt, awaited, describeDelivery(simulatedDestination(attempt.username)));
}

const describeDelivery = ({ to, medium }: Destination) => ({
  CODE_DELIVERY_DELIVERY_MEDIUM: medium,
  CODE_DELIVERY_DESTINATION: maskDestination(to),
});

/** Checks the code. The session cannot be used again if the code is right. */
export function takeCode(answer: Answer<AwaitedOf<CodeChallenge>, UnknownAttempt>): void {
  const { pool, user, session, awaited, responses } = answer;
  const code = required(responses, `${awaited.challengeName}_CODE`);
  // Measured: wrong codes of a first factor do not lock the user out
  const failures = awaited.role === 'mfa' && user ? codeFailures(pool, user) : undefined;
  if (failures) assertNotLockedOut(pool, failures);
  if (!user || code !== awaited.code) {
    if (failures) countFailure(pool, failures);
    throw wrongCode(answer);
  }
  if (failures) forgetFailures(failures);
  session.used = true;
}
