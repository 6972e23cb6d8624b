/** ListCIMDPolicies: lists the policies for clients with a metadata document, page by page. */
import { listDocumentPage } from './document-pages.ts';
import { CIMD_POLICY } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const listCIMDPolicies = storedOperation('ListCIMDPolicies', async (pool, input) => {
  const page = listDocumentPage(pool, CIMD_POLICY, ({ CIMDPolicyId }) => CIMDPolicyId, input);
  return {
    CIMDPolicies: page.items.map(({ URLPatterns, UserPoolId, ...summary }) => summary),
    NextToken: page.token,
  };
});
