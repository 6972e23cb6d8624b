/** GetUICustomization: describes the style of the classic hosted UI of an app client, or else that of all. */
import { findDocument } from '../../domain/documents.ts';
import { ALL_CLIENTS, UI_CUSTOMIZATION } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const getUICustomization = storedOperation(
  'GetUICustomization',
  async (pool, { ClientId = ALL_CLIENTS }) => {
    const own = findDocument(pool, UI_CUSTOMIZATION, ClientId);
    return { UICustomization: own ?? findDocument(pool, UI_CUSTOMIZATION, ALL_CLIENTS) ?? {} };
  },
);
