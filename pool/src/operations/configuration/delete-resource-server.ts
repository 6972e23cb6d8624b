/** DeleteResourceServer: removes a resource server. */
import { deleteDocument } from '../../domain/documents.ts';
import { RESOURCE_SERVER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const deleteResourceServer = storedOperation('DeleteResourceServer', async (pool, { Identifier }) => {
  deleteDocument(pool, RESOURCE_SERVER, Identifier);
  return undefined;
});
