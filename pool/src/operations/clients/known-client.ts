/** Finds an app client for an administrator, and describes it. */
import { ServiceException } from '../../domain/service-exception.ts';
import type { UserPoolClientType } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import type { Client } from '../../settings/pool-settings.ts';

/**
 * Finds a client. The refusal does not name it, in contrast to that of a sign-in.
 *
 * @throws ServiceException ResourceNotFoundException
 */
export function findKnownClient({ clients }: Pool, clientId: string): Client {
  const client = clients.get(clientId);
  if (!client) throw new ServiceException('ResourceNotFoundException', 'User pool client does not exist.');
  return client;
}

/** Makes AWS's description. Which of two secrets AWS shows is not known. */
export const describeClient = ({ secrets, ssoMinutes: _, ...client }: Client): UserPoolClientType => ({
  ...client,
  ClientSecret: secrets.at(-1)?.value,
});
