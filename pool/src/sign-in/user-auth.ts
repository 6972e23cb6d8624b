/** USER_AUTH: the user chooses a first factor. Judges SELECT_CHALLENGE, PASSWORD, PASSWORD_SRP and WEB_AUTHN. */
import { assertMaySignIn, type Parameters, required } from '../domain/admission.ts';
import { canonicalName } from '../domain/canonical-name.ts';
import { hidesUsers } from '../domain/clients.ts';
import { verifyAssertion } from '../domain/passkeys.ts';
import {
  incorrectUsernameOrPassword,
  invalidParameter,
  notAuthorized,
  userDoesNotExist,
} from '../domain/service-exception.ts';
import type { Passkey, User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { FirstAuthFactor } from '../settings/rules.ts';
import {
  type Answer,
  type Attempt,
  challenge,
  type Reply,
  type Start,
  type UnknownAttempt,
} from './attempt.ts';
import { destinationOf, pretendToSendCode, sendCode } from './code-challenges.ts';
import { factorsToAsk } from './mfa.ts';
import { afterFirstFactor, afterLastFactor, afterPassword } from './next-step.ts';
import { passwordVerifierChallenge, verifyPassword } from './password-flows.ts';
import type { AwaitedOf } from './sessions.ts';
import { askForPasskey, methodOf, readStepUp, stepUpChallenge } from './step-up.ts';
import { NO_TRAIL, withDevice, withMethod } from './trail.ts';

/** The names that PREFERRED_CHALLENGE, ANSWER and AvailableChallenges use. */
type Choice = 'PASSWORD_SRP' | 'PASSWORD' | 'WEB_AUTHN' | 'EMAIL_OTP' | 'SMS_OTP';

interface ChoiceRule {
  readonly factor: FirstAuthFactor;
  /** Whether the user has this factor. */
  readonly has: (user: User) => boolean;
  /** Asks the challenge. If the parameters already answer it, judges the answer. */
  readonly begin: (attempt: Attempt, parameters: Parameters) => Promise<Reply>;
}

const CHOICES: Readonly<Record<Choice, ChoiceRule>> = {
  PASSWORD_SRP: { factor: 'PASSWORD', has: (user) => user.hasPassword, begin: proveBySrp },
  PASSWORD: { factor: 'PASSWORD', has: (user) => user.hasPassword, begin: takePassword },
  WEB_AUTHN: { factor: 'WEB_AUTHN', has: (user) => user.passkeys.length > 0, begin: beginWithPasskey },
  EMAIL_OTP: {
    factor: 'EMAIL_OTP',
    has: (user) => destinationOf(user, 'EMAIL_OTP') !== undefined,
    begin: async (attempt) => sendCode(attempt, 'EMAIL_OTP', 'first-factor'),
  },
  SMS_OTP: {
    factor: 'SMS_OTP',
    has: (user) => destinationOf(user, 'SMS_OTP') !== undefined,
    begin: async (attempt) => sendCode(attempt, 'SMS_OTP', 'first-factor'),
  },
};

/** The factors that a user who does not exist seems to have. */
const HIDDEN_CHOICES: readonly Choice[] = ['PASSWORD_SRP', 'PASSWORD'];

/**
 * Lists the choices of a user. A user who needs a second factor or a new password begins with the password, or with a
 * passkey that counts as both factors.
 */
function availableChallenges(pool: Pool, user: User): readonly Choice[] {
  const isTemporary = user.status === 'FORCE_CHANGE_PASSWORD';
  const needsMfa = pool.mfa === 'ON' || (pool.mfa === 'OPTIONAL' && factorsToAsk(pool, user).length > 0);
  const mayBegin = (factor: FirstAuthFactor) =>
    factor === 'PASSWORD' || (!isTemporary && (!needsMfa || (factor === 'WEB_AUTHN' && user.passkeyMfa)));
  return (Object.keys(CHOICES) as Choice[]).filter((choice) => {
    const { factor, has } = CHOICES[choice];
    return pool.allowedFirstAuthFactors.includes(factor) && has(user) && mayBegin(factor);
  });
}

export async function startUserAuth({ pool, client, parameters, session }: Start): Promise<Reply> {
  const name = required(parameters, 'USERNAME');
  const user = pool.users.find(name);
  if (user) assertMaySignIn(user);
  else if (!hidesUsers(client)) throw userDoesNotExist();
  const stepUp = await readStepUp(pool, user, parameters);
  const trail = withDevice(pool, { ...NO_TRAIL, ...stepUp }, user, parameters);
  const username = canonicalName(pool, user, name);
  const attempt: UnknownAttempt = { pool, client, kind: 'USER_AUTH', username, user, trail };
  if (session !== undefined) return continueSignUp(attempt, session);
  if (!user) return startHidden(attempt, parameters);
  const missing = stepUp.methods.length > 0 && (await stepUpChallenge({ ...attempt, user }));
  if (missing) return missing;
  const available = availableChallenges(pool, user);
  const preferred = available.find((choice) => choice === parameters['PREFERRED_CHALLENGE']);
  if (preferred === undefined) {
    return {
      ...challenge(attempt, { challengeName: 'SELECT_CHALLENGE', available }, {}),
      AvailableChallenges: available,
    };
  }
  const reply = await begin(attempt, preferred, parameters);
  return 'AuthenticationResult' in reply ? reply : { ...reply, AvailableChallenges: [preferred] };
}

/** Continues after ConfirmSignUp, whose Session counts as the first factor. */
async function continueSignUp(attempt: UnknownAttempt, id: string): Promise<Reply> {
  const { user, username } = attempt;
  const { ClientId: clientId } = attempt.client;
  const session = attempt.pool.sessions.get(id, { clientId, username });
  if (!user || session.awaited.challengeName !== 'SIGN_UP_CONFIRMED') {
    throw notAuthorized('Invalid session for the user.');
  }
  session.used = true;
  return afterFirstFactor({ ...attempt, user });
}

async function startHidden(attempt: UnknownAttempt, parameters: Parameters): Promise<Reply> {
  const { pool } = attempt;
  const preferred = HIDDEN_CHOICES.find((choice) => choice === parameters['PREFERRED_CHALLENGE']);
  if (preferred !== undefined && pool.allowedFirstAuthFactors.includes('PASSWORD')) {
    return { ...(await begin(attempt, preferred, parameters)), AvailableChallenges: [preferred] };
  }
  if (pool.mfa !== 'ON' && pool.allowedFirstAuthFactors.includes('EMAIL_OTP')) {
    return { ...pretendToSendCode(attempt), AvailableChallenges: ['EMAIL_OTP'] };
  }
  return {
    ...challenge(attempt, { challengeName: 'SELECT_CHALLENGE', available: HIDDEN_CHOICES }, {}),
    AvailableChallenges: HIDDEN_CHOICES,
  };
}

function begin(attempt: UnknownAttempt, choice: Choice, parameters: Parameters): Promise<Reply> {
  const { user } = attempt;
  if (user) return CHOICES[choice].begin({ ...attempt, user }, parameters);
  return choice === 'PASSWORD' ? takePassword(attempt, parameters) : proveBySrp(attempt, parameters);
}

/** Judges SELECT_CHALLENGE. A wrong password or passkey in the answer ends the attempt. */
export async function answerSelectChallenge(
  answer: Answer<AwaitedOf<'SELECT_CHALLENGE'>, UnknownAttempt>,
): Promise<Reply> {
  const chosen = required(answer.responses, 'ANSWER');
  const choice = (Object.keys(CHOICES) as Choice[]).find((name) => name === chosen);
  if (!choice || !answer.awaited.available.includes(choice)) {
    throw invalidParameter('ANSWER is not one of AvailableChallenges');
  }
  if (choice === 'PASSWORD') required(answer.responses, 'PASSWORD');
  if (choice === 'PASSWORD_SRP') required(answer.responses, 'SRP_A');
  answer.session.used = true;
  return begin(answer, choice, answer.responses);
}

/** Judges PASSWORD and PASSWORD_SRP, which are asked if they were chosen but not answered at the same time. */
export async function answerPassword(
  answer: Answer<AwaitedOf<'PASSWORD'> | AwaitedOf<'PASSWORD_SRP'>, UnknownAttempt>,
): Promise<Reply> {
  const { challengeName } = answer.awaited;
  required(answer.responses, challengeName === 'PASSWORD' ? 'PASSWORD' : 'SRP_A');
  answer.session.used = true;
  return begin(answer, challengeName, answer.responses);
}

async function takePassword(attempt: UnknownAttempt, parameters: Parameters): Promise<Reply> {
  if (parameters['PASSWORD'] === undefined) return challenge(attempt, { challengeName: 'PASSWORD' }, {});
  const user = await verifyPassword(attempt.pool, attempt.client, parameters);
  return afterPassword({ ...attempt, user });
}

async function proveBySrp(attempt: UnknownAttempt, parameters: Parameters): Promise<Reply> {
  if (parameters['SRP_A'] === undefined) return challenge(attempt, { challengeName: 'PASSWORD_SRP' }, {});
  const { pool, client, trail } = attempt;
  return passwordVerifierChallenge(pool, client, parameters, 'USER_AUTH', { trail });
}

/** Asks WEB_AUTHN. A CREDENTIAL beside the choice answers an earlier WEB_AUTHN challenge. */
async function beginWithPasskey(attempt: Attempt, parameters: Parameters): Promise<Reply> {
  const credential = parameters['CREDENTIAL'];
  if (credential !== undefined) {
    const passkey = await takePasskey(attempt, credential);
    if (!passkey) throw passkeyRefused();
    return afterLastFactor(withMethod(attempt, methodOf(passkey)));
  }
  return askForPasskey(attempt);
}

export async function answerWebAuthn(answer: Answer<AwaitedOf<'WEB_AUTHN'>>): Promise<Reply> {
  const { session, responses } = answer;
  const credential = required(responses, 'CREDENTIAL');
  // Set before the verification, so that a second answer cannot pass in the meantime
  session.used = true;
  const passkey = await takePasskey(answer, credential).catch((error: unknown) => {
    // Text that is not a credential does not count as an answer
    session.used = false;
    throw error;
  });
  if (!passkey) throw passkeyRefused();
  return afterLastFactor(withMethod(answer, methodOf(passkey)));
}

async function takePasskey(
  { pool, client, user }: Attempt,
  credential: string,
): Promise<Passkey | undefined> {
  const asserted = await verifyAssertion(pool, user, client.ClientId, credential);
  if (!asserted) return undefined;
  const passkeys = user.passkeys.map((passkey) => (passkey.id === asserted.id ? asserted : passkey));
  pool.users.note(user, { passkeys });
  return asserted;
}

/** In AWS's model RespondToAuthChallenge has no WebAuthn exception. The service's text is not known. */
const passkeyRefused = incorrectUsernameOrPassword;
