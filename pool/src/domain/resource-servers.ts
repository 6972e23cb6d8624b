/** OAuth resource servers: APIs with scopes of their own, which app clients can be allowed to ask for. */
import type { ResourceServerType } from '../model/types.generated.ts';
import type { PoolState } from '../service/pool.ts';
import { type CreatedKind, findDocument } from './documents.ts';
import { invalidParameter, ServiceException } from './service-exception.ts';

export const RESOURCE_SERVER: CreatedKind<ResourceServerType> = {
  name: 'resourceServer',
  // Both texts are those of another emulator
  missing: (id) => new ServiceException('ResourceNotFoundException', `Resource server ${id} does not exist.`),
  taken: (id, { userPoolId }) => invalidParameter(`${id} already exists in user pool ${userPoolId}.`),
};

/** Whether a resource server of the pool has the scope, which is written `identifier/name`. The identifier may be a URL. */
export function hasCustomScope(pool: PoolState, scope: string): boolean {
  const slash = scope.lastIndexOf('/');
  if (slash < 0) return false;
  const { Scopes: scopes = [] } = findDocument(pool, RESOURCE_SERVER, scope.slice(0, slash)) ?? {};
  return scopes.some(({ ScopeName }) => ScopeName === scope.slice(slash + 1));
}
