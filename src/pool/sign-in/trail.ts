/** How the trail of a sign-in goes on with each request and reply. */
import type { Parameters } from '../admission.ts';
import { confirmedDevice, deviceDoesNotExist } from '../devices.ts';
import type { PoolState } from '../state.ts';
import type { User } from '../users.ts';
import type { Trail } from './sessions.ts';

export const NO_TRAIL: Trail = { deviceKey: undefined, named: false, answeredByAlias: false };

/** Goes on with a reply: whether its ChallengeParameters show the name. */
export function withReply(trail: Trail, username: string, shown: Readonly<Record<string, string>>): Trail {
  const named = shown['USERNAME'] === username || shown['USER_ID_FOR_SRP'] === username;
  return named ? { ...trail, named } : trail;
}

/**
 * Reads DEVICE_KEY. Nothing may have been spent before: the client sends the same answer again without it.
 *
 * @throws ServiceException ResourceNotFoundException where it is no device of the user
 */
export function withDevice(
  pool: PoolState,
  trail: Trail,
  user: User | undefined,
  parameters: Parameters,
): Trail {
  const deviceKey = parameters['DEVICE_KEY'];
  if (!pool.devices || !deviceKey) return trail;
  // A user who is hidden has none, and must be told so like any other
  if (!user || !confirmedDevice(user, deviceKey)) throw deviceDoesNotExist();
  return { ...trail, deviceKey };
}

/** Goes on with an answer: its USERNAME, and its DEVICE_KEY as above. */
export function withAnswer(
  pool: PoolState,
  trail: Trail,
  user: User | undefined,
  responses: Parameters,
): Trail {
  const byAlias = trail.named && user !== undefined && responses['USERNAME'] !== user.username;
  return withDevice(pool, { ...trail, answeredByAlias: trail.answeredByAlias || byAlias }, user, responses);
}

/** USER_SRP_AUTH proves nothing yet: a DEVICE_KEY that is wrong is refused beside the proof. */
export function withDeviceIfKnown(trail: Trail, user: User | undefined, parameters: Parameters): Trail {
  const known = user && confirmedDevice(user, parameters['DEVICE_KEY']);
  return known ? { ...trail, deviceKey: known.key } : trail;
}
