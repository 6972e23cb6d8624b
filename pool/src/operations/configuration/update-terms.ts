/** UpdateTerms: changes a terms document. What is omitted is kept. */
import { changeDocument, documentOf } from '../../domain/documents.ts';
import { datesOf, TERMS } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';
import { termsOfClient } from './terms.ts';

export const updateTerms = storedOperation('UpdateTerms', async (pool, input) => {
  const { TermsId, UserPoolId, ...changes } = input;
  const { ClientId, TermsName } = documentOf(pool, TERMS, TermsId);
  const other = termsOfClient(pool, ClientId, changes.TermsName ?? TermsName);
  if (other && other.TermsId !== TermsId) throw TERMS.taken(other.TermsName, pool);
  const { LastModifiedDate } = datesOf(pool);
  return { Terms: changeDocument(pool, TERMS, TermsId, { ...changes, LastModifiedDate }) };
});
