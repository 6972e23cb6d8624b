/** DescribeManagedLoginBrandingByClient: describes the style of managed login of an app client. */
import { brandingOfClient, describeBranding } from './branding.ts';
import { BRANDING, checkClient } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const describeManagedLoginBrandingByClient = storedOperation(
  'DescribeManagedLoginBrandingByClient',
  async (pool, { ClientId }) => {
    checkClient(pool, ClientId);
    const branding = brandingOfClient(pool, ClientId);
    if (!branding) throw BRANDING.missing(ClientId, pool);
    return { ManagedLoginBranding: describeBranding(branding) };
  },
);
