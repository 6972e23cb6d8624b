/** DescribeResourceServer: describes a resource server. */
import { documentOf } from '../../domain/documents.ts';
import { RESOURCE_SERVER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const describeResourceServer = storedOperation(
  'DescribeResourceServer',
  async (pool, { Identifier }) => {
    return { ResourceServer: documentOf(pool, RESOURCE_SERVER, Identifier) };
  },
);
