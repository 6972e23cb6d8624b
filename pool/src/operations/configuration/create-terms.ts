/** CreateTerms: gives an app client terms of use or a privacy policy, as links. */
import { addDocument } from '../../domain/documents.ts';
import { checkClient, datesOf, TERMS } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';
import { termsOfClient } from './terms.ts';

export const createTerms = storedOperation('CreateTerms', async (pool, input) => {
  const { ClientId, Links = {}, TermsName } = input;
  checkClient(pool, ClientId);
  if (termsOfClient(pool, ClientId, TermsName)) throw TERMS.taken(TermsName, pool);
  const TermsId = pool.random.uuid();
  return { Terms: addDocument(pool, TERMS, TermsId, { ...input, Links, TermsId, ...datesOf(pool) }) };
});
