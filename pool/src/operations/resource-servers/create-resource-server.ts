/** CreateResourceServer: adds an OAuth resource server with its scopes to the pool. */
import { addDocument } from '../../domain/documents.ts';
import { RESOURCE_SERVER } from '../../domain/resource-servers.ts';
import { poolOperation } from '../operation.ts';

export const createResourceServer = poolOperation(
  'CreateResourceServer',
  { access: 'iam' },
  async (pool, input) => {
    const { Identifier, Name, Scopes = [], UserPoolId } = input;
    const server = { Identifier, Name, Scopes, UserPoolId };
    return { ResourceServer: addDocument(pool, RESOURCE_SERVER, Identifier, server) };
  },
);
