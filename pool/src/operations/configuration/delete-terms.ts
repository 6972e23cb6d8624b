/** DeleteTerms: removes a terms document. */
import { deleteDocument } from '../../domain/documents.ts';
import { TERMS } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const deleteTerms = storedOperation('DeleteTerms', async (pool, { TermsId }) => {
  deleteDocument(pool, TERMS, TermsId);
  return undefined;
});
