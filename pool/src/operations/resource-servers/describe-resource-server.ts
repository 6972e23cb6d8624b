/** DescribeResourceServer: describes a resource server. */
import { documentOf } from '../../domain/documents.ts';
import { RESOURCE_SERVER } from '../../domain/resource-servers.ts';
import { poolOperation } from '../operation.ts';

export const describeResourceServer = poolOperation(
  'DescribeResourceServer',
  { access: 'iam' },
  async (pool, { Identifier }) => {
    return { ResourceServer: documentOf(pool, RESOURCE_SERVER, Identifier) };
  },
);
