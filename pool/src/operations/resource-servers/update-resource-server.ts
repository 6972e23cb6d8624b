/** UpdateResourceServer: replaces the name and the scopes of a resource server. Scopes that are omitted are gone, as documented. */
import { changeDocument } from '../../domain/documents.ts';
import { RESOURCE_SERVER } from '../../domain/resource-servers.ts';
import { poolOperation } from '../operation.ts';

export const updateResourceServer = poolOperation(
  'UpdateResourceServer',
  { access: 'iam' },
  async (pool, input) => {
    const { Identifier, Name, Scopes = [] } = input;
    return { ResourceServer: changeDocument(pool, RESOURCE_SERVER, Identifier, { Name, Scopes }) };
  },
);
