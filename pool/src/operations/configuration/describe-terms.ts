/** DescribeTerms: describes a terms document. */
import { documentOf } from '../../domain/documents.ts';
import { TERMS } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const describeTerms = storedOperation('DescribeTerms', async (pool, { TermsId }) => {
  return { Terms: documentOf(pool, TERMS, TermsId) };
});
