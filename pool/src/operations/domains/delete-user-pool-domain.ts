/** DeleteUserPoolDomain: takes a domain from the pool. */
import { deleteDocument } from '../../domain/documents.ts';
import { poolOperation } from '../operation.ts';
import { DOMAIN } from './kept-domains.ts';

export const deleteUserPoolDomain = poolOperation(
  'DeleteUserPoolDomain',
  { access: 'iam' },
  async (pool, { Domain }) => {
    deleteDocument(pool, DOMAIN, Domain);
    return {};
  },
);
