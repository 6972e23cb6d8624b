/** CreateManagedLoginBranding: gives an app client a style of managed login. */
import { addDocument } from '../../domain/documents.ts';
import { brandingOfClient, checkBranding, describeBranding } from './branding.ts';
import { BRANDING, checkClient, datesOf } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const createManagedLoginBranding = storedOperation(
  'CreateManagedLoginBranding',
  async (pool, input) => {
    const { Assets, ClientId, Settings, UseCognitoProvidedValues = false, UserPoolId } = input;
    checkClient(pool, ClientId);
    checkBranding(input);
    if (brandingOfClient(pool, ClientId)) throw BRANDING.taken(ClientId, pool);
    const ManagedLoginBrandingId = pool.random.uuid();
    const branding = addDocument(pool, BRANDING, ManagedLoginBrandingId, {
      Assets,
      ClientId,
      ManagedLoginBrandingId,
      Settings,
      UseCognitoProvidedValues,
      UserPoolId,
      ...datesOf(pool),
    });
    return { ManagedLoginBranding: describeBranding(branding) };
  },
);
