/** ListResourceServers: lists the resource servers, page by page. */

import { RESOURCE_SERVER } from '../../domain/resource-servers.ts';
import { listDocumentPage } from '../configuration/document-pages.ts';
import { poolOperation } from '../operation.ts';

export const listResourceServers = poolOperation(
  'ListResourceServers',
  { access: 'iam' },
  async (pool, input) => {
    const page = listDocumentPage(pool, RESOURCE_SERVER, ({ Identifier }) => Identifier, input);
    return { NextToken: page.token, ResourceServers: page.items };
  },
);
