/** SetUICustomization: sets the style of the classic hosted UI, for one app client or for all. */
import { findDocument, putDocument } from '../../domain/documents.ts';
import { domainsOf } from '../../domain/domains.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import { ALL_CLIENTS, checkClient, datesOf, UI_CUSTOMIZATION } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const setUICustomization = storedOperation('SetUICustomization', async (pool, input) => {
  const { ClientId = ALL_CLIENTS, CSS, ImageFile, UserPoolId } = input;
  if (ClientId !== ALL_CLIENTS) checkClient(pool, ClientId);
  if (domainsOf(pool).length === 0) {
    // That a domain is needed is documented. AWS's text is not known.
    throw invalidParameter('There has to be an existing domain associated with this user pool');
  }
  const dates = datesOf(pool);
  const before = findDocument(pool, UI_CUSTOMIZATION, ClientId);
  const UICustomization = putDocument(pool, UI_CUSTOMIZATION, ClientId, {
    ClientId,
    CreationDate: before?.CreationDate ?? dates.CreationDate,
    CSS,
    // The documentation's example is such a time
    CSSVersion:
      CSS === undefined ? undefined : new Date(pool.now()).toISOString().replace(/\D/g, '').slice(0, 14),
    ImageUrl: ImageFile === undefined ? undefined : `data:image/png;base64,${ImageFile}`,
    LastModifiedDate: dates.LastModifiedDate,
    UserPoolId,
  });
  return { UICustomization };
});
