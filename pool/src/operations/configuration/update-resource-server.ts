/** UpdateResourceServer: replaces the name and the scopes of a resource server. Scopes that are omitted are gone, as documented. */
import { changeDocument } from '../../domain/documents.ts';
import { RESOURCE_SERVER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const updateResourceServer = storedOperation('UpdateResourceServer', async (pool, input) => {
  const { Identifier, Name, Scopes = [] } = input;
  return { ResourceServer: changeDocument(pool, RESOURCE_SERVER, Identifier, { Name, Scopes }) };
});
