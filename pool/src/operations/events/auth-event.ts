/** The authentication events of a user: the sign-ins that still have tokens. */
import { ServiceException } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { Pool } from '../../service/pool.ts';

/**
 * @param id the claim `event_id` of the tokens of the sign-in
 * @throws ServiceException ResourceNotFoundException. The service's text for an unknown event is not known.
 */
export function assertAuthEvent(pool: Pool, user: User, id: string): void {
  if (pool.grants.active(user, pool.now()).some(({ eventId }) => eventId === id)) return;
  throw new ServiceException('ResourceNotFoundException', 'Auth event does not exist.');
}
