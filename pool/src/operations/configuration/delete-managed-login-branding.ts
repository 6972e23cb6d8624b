/** DeleteManagedLoginBranding: removes a style of managed login. */
import { deleteDocument } from '../../domain/documents.ts';
import { BRANDING } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const deleteManagedLoginBranding = storedOperation(
  'DeleteManagedLoginBranding',
  async (pool, { ManagedLoginBrandingId }) => {
    deleteDocument(pool, BRANDING, ManagedLoginBrandingId);
    return undefined;
  },
);
