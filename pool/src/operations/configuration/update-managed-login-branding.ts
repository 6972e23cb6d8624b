/** UpdateManagedLoginBranding: changes a style of managed login. What is omitted is kept, as documented. */
import { changeDocument } from '../../domain/documents.ts';
import { checkBranding, describeBranding } from './branding.ts';
import { BRANDING, datesOf } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const updateManagedLoginBranding = storedOperation(
  'UpdateManagedLoginBranding',
  async (pool, input) => {
    const { ManagedLoginBrandingId = '', UserPoolId, ...changes } = input;
    checkBranding(input);
    const { LastModifiedDate } = datesOf(pool);
    const branding = changeDocument(pool, BRANDING, ManagedLoginBrandingId, { ...changes, LastModifiedDate });
    return { ManagedLoginBranding: describeBranding(branding) };
  },
);
