/** DescribeCIMDPolicy: describes a policy for clients with a metadata document. */
import { documentOf } from '../../domain/documents.ts';
import { CIMD_POLICY } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const describeCIMDPolicy = storedOperation('DescribeCIMDPolicy', async (pool, { CIMDPolicyId }) => {
  return { CIMDPolicy: documentOf(pool, CIMD_POLICY, CIMDPolicyId) };
});
