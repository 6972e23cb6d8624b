/** CreateCIMDPolicy: adds a policy for clients that identify themselves by a metadata document. */
import { addDocument, documentsOf } from '../../domain/documents.ts';
import { CIMD_POLICY, checkClient, datesOf } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const createCIMDPolicy = storedOperation('CreateCIMDPolicy', async (pool, input) => {
  checkClient(pool, input.ClientId);
  if (documentsOf(pool, CIMD_POLICY).some(({ PolicyName }) => PolicyName === input.PolicyName)) {
    throw CIMD_POLICY.taken(input.PolicyName, pool);
  }
  const CIMDPolicyId = pool.random.uuid().replaceAll('-', '');
  const policy = { ...input, CIMDPolicyId, ...datesOf(pool) };
  return { CIMDPolicy: addDocument(pool, CIMD_POLICY, CIMDPolicyId, policy) };
});
