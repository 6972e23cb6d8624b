/** UpdateCIMDPolicy: changes a policy for clients with a metadata document. What is omitted is kept. */
import { changeDocument } from '../../domain/documents.ts';
import { CIMD_POLICY, checkClient, datesOf } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const updateCIMDPolicy = storedOperation('UpdateCIMDPolicy', async (pool, input) => {
  const { CIMDPolicyId, UserPoolId, ...changes } = input;
  checkClient(pool, changes.ClientId);
  const { LastModifiedDate } = datesOf(pool);
  return { CIMDPolicy: changeDocument(pool, CIMD_POLICY, CIMDPolicyId, { ...changes, LastModifiedDate }) };
});
