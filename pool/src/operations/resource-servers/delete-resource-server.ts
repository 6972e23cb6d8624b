/** DeleteResourceServer: removes a resource server. */
import { deleteDocument } from '../../domain/documents.ts';
import { RESOURCE_SERVER } from '../../domain/resource-servers.ts';
import { poolOperation } from '../operation.ts';

export const deleteResourceServer = poolOperation(
  'DeleteResourceServer',
  { access: 'iam' },
  async (pool, { Identifier }) => {
    deleteDocument(pool, RESOURCE_SERVER, Identifier);
    return undefined;
  },
);
