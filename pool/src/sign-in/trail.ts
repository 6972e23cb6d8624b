/** Updates the trail of a sign-in with each request and reply. */
import type { Parameters } from '../domain/admission.ts';
import type { Method } from '../domain/authentication-levels.ts';
import { confirmedDevice, deviceDoesNotExist } from '../domain/devices.ts';
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { TokenSource } from '../triggers/events.ts';
import type { Trail } from './sessions.ts';

export const NO_TRAIL: Trail = {
  deviceKey: undefined,
  named: false,
  answeredByAlias: false,
  methods: [],
  targetLevel: 0,
  source: 'TokenGeneration_Authentication',
  results: undefined,
};

/** Notes a method that the user has proved. */
export const withMethod = <A extends { readonly trail: Trail }>(attempt: A, method: Method): A => ({
  ...attempt,
  trail: { ...attempt.trail, methods: [...attempt.trail.methods, method] },
});

/** Notes why there will be tokens. */
export const withSource = <A extends { readonly trail: Trail }>(attempt: A, source: TokenSource): A => ({
  ...attempt,
  trail: { ...attempt.trail, source },
});

/** Notes whether the ChallengeParameters of a reply show the canonical name. */
export function withReply(trail: Trail, username: string, shown: Readonly<Record<string, string>>): Trail {
  const named = shown['USERNAME'] === username || shown['USER_ID_FOR_SRP'] === username;
  return named ? { ...trail, named } : trail;
}

/**
 * Notes DEVICE_KEY. It is checked before anything is used up, because the client sends the same answer again without
 * the key if it is refused.
 *
 * @throws ServiceException ResourceNotFoundException if it is not a confirmed device of the user
 */
export function withDevice(pool: Pool, trail: Trail, user: User | undefined, parameters: Parameters): Trail {
  const deviceKey = parameters['DEVICE_KEY'];
  if (!pool.devices || !deviceKey) return trail;
  // A user who does not exist has no device. The refusal is that of any user, so that it shows nothing.
  if (!user || !confirmedDevice(user, deviceKey)) throw deviceDoesNotExist();
  return { ...trail, deviceKey };
}

/** Notes the USERNAME and the DEVICE_KEY of an answer. */
export function withAnswer(pool: Pool, trail: Trail, user: User | undefined, responses: Parameters): Trail {
  const byAlias = trail.named && user !== undefined && responses['USERNAME'] !== user.username;
  return withDevice(pool, { ...trail, answeredByAlias: trail.answeredByAlias || byAlias }, user, responses);
}

/** Notes a DEVICE_KEY without refusing a wrong one: USER_SRP_AUTH refuses it only in the answer with the proof. */
export function withDeviceIfKnown(trail: Trail, user: User | undefined, parameters: Parameters): Trail {
  const known = user && confirmedDevice(user, parameters['DEVICE_KEY']);
  return known ? { ...trail, deviceKey: known.key } : trail;
}
