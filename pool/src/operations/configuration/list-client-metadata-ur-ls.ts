/** ListClientMetadataURLs: lists the metadata documents that were fetched for a policy. The local pool fetches none. */
import { documentOf } from '../../domain/documents.ts';
import { CIMD_POLICY } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const listClientMetadataURLs = storedOperation(
  'ListClientMetadataURLs',
  async (pool, { CIMDPolicyId }) => {
    documentOf(pool, CIMD_POLICY, CIMDPolicyId);
    return { ClientMetadataURLs: [] };
  },
);
