/** Step-up authentication: TARGET_ACR_VALUES, MAX_AGE and ACCESS_TOKEN, and the factors that are still missing. */
import { bearerOf } from '../domain/access-tokens.ts';
import type { Parameters } from '../domain/admission.ts';
import {
  levelOf,
  levelOfAcr,
  type Method,
  missingMethods,
  type OwnMethod,
} from '../domain/authentication-levels.ts';
import { requestOptions } from '../domain/passkeys.ts';
import { invalidParameter, notAuthorized, type ServiceException } from '../domain/service-exception.ts';
import { assertNotLite } from '../domain/tiers.ts';
import type { Passkey, User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import { type Attempt, type ChallengeReply, challenge } from './attempt.ts';
import { destinationOf, sendCode } from './code-challenges.ts';
import { askForFactor, factorsToAsk } from './mfa.ts';
import type { Trail } from './sessions.ts';

/**
 * Reads the parameters of USER_AUTH that ask for a level. How the service words its refusals is not known.
 *
 * @returns the level that the sign-in has to reach, and the methods that the access token gives credit for
 * @throws ServiceException if no level can be reached, or the token has reached it already
 */
export async function readStepUp(
  pool: Pool,
  user: User | undefined,
  parameters: Parameters,
): Promise<Pick<Trail, 'methods' | 'targetLevel'>> {
  const { TARGET_ACR_VALUES: values, ACCESS_TOKEN: accessToken, MAX_AGE: maxAge } = parameters;
  if (maxAge !== undefined && !/^\d+$/.test(maxAge)) {
    throw invalidParameter('MAX_AGE must be a non-negative integer');
  }
  if (values === undefined) {
    if (accessToken !== undefined) throw invalidParameter('ACCESS_TOKEN requires TARGET_ACR_VALUES');
    return { methods: [], targetLevel: 0 };
  }
  // Documented
  assertNotLite(pool.settings, 'Step-Up Authentication');
  const acrNames = pool.settings.userPool.AcrConfiguration;
  const levels = values.split(' ').flatMap((value) => levelOfAcr(value, acrNames) ?? []);
  if (levels.length === 0) throw invalidParameter('TARGET_ACR_VALUES has no valid value');
  const targetLevel = user && levels.find((level) => missingMethods(level, [], availableMethods(pool, user)));
  if (user && targetLevel === undefined) throw levelNotReachable();
  const methods =
    accessToken === undefined ? [] : await creditOf(pool, user, accessToken, Number(maxAge ?? Infinity));
  if (targetLevel !== undefined && levelOf(methods) >= targetLevel) {
    throw invalidParameter('The access token already meets the requested level');
  }
  return { methods, targetLevel: targetLevel ?? 0 };
}

/** The methods of the sign-in that the token came from, unless that sign-in is too old. */
async function creditOf(
  pool: Pool,
  user: User | undefined,
  accessToken: string,
  maxAgeSeconds: number,
): Promise<readonly Method[]> {
  const bearer = await bearerOf(pool, accessToken);
  if (bearer.user !== user) throw notAuthorized('Access Token does not belong to the user');
  const grant = pool.grants.active(bearer.user, pool.now()).find(({ eventId }) => eventId === bearer.eventId);
  const isRecent = grant !== undefined && pool.now() / 1000 - grant.authTime <= maxAgeSeconds;
  return isRecent ? grant.methods : [];
}

/** Asks for the next factor that the level needs, if one is missing. */
export async function stepUpChallenge(attempt: Attempt): Promise<ChallengeReply | undefined> {
  const { pool, user, trail } = attempt;
  // The page of managed login is told the level by the authorization request
  const targetLevel = Math.max(trail.targetLevel, pool.managedLogin?.targetLevel ?? 0);
  if (levelOf(trail.methods) >= targetLevel) return undefined;
  const [next] = missingMethods(targetLevel, trail.methods, availableMethods(pool, user)) ?? [];
  // The user may have lost a factor since the sign-in began
  if (next === undefined) throw levelNotReachable();
  return ASK[next](attempt);
}

const levelNotReachable = (): ServiceException =>
  invalidParameter('The user has no factors for the requested level');

const ASK: Readonly<Record<OwnMethod, (attempt: Attempt) => ChallengeReply | Promise<ChallengeReply>>> = {
  pwd: (attempt) => challenge(attempt, { challengeName: 'PASSWORD' }, {}),
  otp: (attempt) => askForFactor(attempt, 'SOFTWARE_TOKEN_MFA'),
  sms: (attempt) => sendCode(attempt, 'SMS_MFA', 'mfa'),
  email_otp: (attempt) => sendCode(attempt, 'EMAIL_OTP', 'mfa'),
  swk: askForPasskey,
  hwk: askForPasskey,
};

/** Asks WEB_AUTHN. */
export async function askForPasskey(attempt: Attempt): Promise<ChallengeReply> {
  const { pool, client, user } = attempt;
  const options = await requestOptions(pool, user, client.ClientId);
  return challenge(
    attempt,
    { challengeName: 'WEB_AUTHN' },
    { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
  );
}

/** What the user can prove. A user with second factors is asked for no other code than theirs. */
function availableMethods(pool: Pool, user: User): readonly OwnMethod[] {
  const { allowedFirstAuthFactors } = pool;
  const factors = factorsToAsk(pool, user);
  const hasCode = (factor: 'SMS_MFA' | 'EMAIL_OTP') =>
    factors.length > 0 ? factors.includes(factor) : destinationOf(user, factor) !== undefined;
  const has: Readonly<Record<OwnMethod, boolean>> = {
    pwd: user.hasPassword && allowedFirstAuthFactors.includes('PASSWORD'),
    otp: factors.includes('SOFTWARE_TOKEN_MFA'),
    sms: hasCode('SMS_MFA'),
    email_otp: hasCode('EMAIL_OTP'),
    swk:
      allowedFirstAuthFactors.includes('WEB_AUTHN') && user.passkeys.some((each) => methodOf(each) === 'swk'),
    hwk:
      allowedFirstAuthFactors.includes('WEB_AUTHN') && user.passkeys.some((each) => methodOf(each) === 'hwk'),
  };
  return (Object.keys(has) as OwnMethod[]).filter((method) => has[method]);
}

/** A passkey of the device itself is `swk`, a security key is `hwk`. */
export const methodOf = ({ attachment }: Pick<Passkey, 'attachment'>): OwnMethod =>
  attachment === 'cross-platform' ? 'hwk' : 'swk';
