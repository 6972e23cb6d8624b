/** DescribeManagedLoginBranding: describes a style of managed login. AWS's default values are not merged into it. */
import { documentOf } from '../../domain/documents.ts';
import { describeBranding } from './branding.ts';
import { BRANDING } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const describeManagedLoginBranding = storedOperation(
  'DescribeManagedLoginBranding',
  async (pool, { ManagedLoginBrandingId }) => {
    const branding = documentOf(pool, BRANDING, ManagedLoginBrandingId);
    return { ManagedLoginBranding: describeBranding(branding) };
  },
);
