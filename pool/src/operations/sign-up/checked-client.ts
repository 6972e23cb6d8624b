/** The client of an operation that names a user and carries a SecretHash, and the refusal of a user it does not have. */
import { assertMemberSecretHash, clientOf } from '../../domain/admission.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import type { Pool } from '../../service/pool.ts';
import type { Client } from '../../settings/pool-settings.ts';

interface NamedUser {
  readonly ClientId: string;
  readonly Username: string;
  readonly SecretHash?: string | undefined;
}

/**
 * Finds the client and checks its SecretHash.
 *
 * @throws ServiceException if the client is unknown or the SecretHash is wrong
 */
export function findCheckedClient(pool: Pool, { ClientId, Username, SecretHash }: NamedUser): Client {
  const client = clientOf(pool, ClientId);
  assertMemberSecretHash(client, Username, SecretHash);
  return client;
}

export const combinationNotFound = (): ServiceException =>
  new ServiceException('UserNotFoundException', 'Username/client id combination not found.');
