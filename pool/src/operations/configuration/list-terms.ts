/** ListTerms: lists the terms documents, page by page. */
import { listDocumentPage } from './document-pages.ts';
import { TERMS } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const listTerms = storedOperation('ListTerms', async (pool, input) => {
  const page = listDocumentPage(pool, TERMS, ({ TermsId }) => TermsId, input);
  return {
    NextToken: page.token,
    Terms: page.items.map(({ CreationDate, Enforcement, LastModifiedDate, TermsId, TermsName }) => ({
      CreationDate,
      Enforcement,
      LastModifiedDate,
      TermsId,
      TermsName,
    })),
  };
});
