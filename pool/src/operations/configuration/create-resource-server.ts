/** CreateResourceServer: adds an OAuth resource server with its scopes to the pool. */
import { addDocument } from '../../domain/documents.ts';
import { RESOURCE_SERVER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const createResourceServer = storedOperation('CreateResourceServer', async (pool, input) => {
  const { Identifier, Name, Scopes = [], UserPoolId } = input;
  const server = { Identifier, Name, Scopes, UserPoolId };
  return { ResourceServer: addDocument(pool, RESOURCE_SERVER, Identifier, server) };
});
