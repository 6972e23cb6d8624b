/** UpdateClientMetadataURLState: refreshes a metadata document that was fetched. The local pool fetches none, so there is none. */
import { documentOf } from '../../domain/documents.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import { CIMD_POLICY } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const updateClientMetadataURLState = storedOperation(
  'UpdateClientMetadataURLState',
  async (pool, { CIMDPolicyId, URL }) => {
    documentOf(pool, CIMD_POLICY, CIMDPolicyId);
    // AWS's text is not known.
    throw new ServiceException('CachedCIMDURLDoesNotExistException', `${URL} is not in the cache.`);
  },
);
