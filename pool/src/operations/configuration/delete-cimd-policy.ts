/** DeleteCIMDPolicy: removes a policy for clients with a metadata document. */
import { deleteDocument } from '../../domain/documents.ts';
import { CIMD_POLICY } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const deleteCIMDPolicy = storedOperation('DeleteCIMDPolicy', async (pool, { CIMDPolicyId }) => {
  deleteDocument(pool, CIMD_POLICY, CIMDPolicyId);
  return {};
});
