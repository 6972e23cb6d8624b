/** ListResourceServers: lists the resource servers, page by page. */
import { listDocumentPage } from './document-pages.ts';
import { RESOURCE_SERVER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const listResourceServers = storedOperation('ListResourceServers', async (pool, input) => {
  const page = listDocumentPage(pool, RESOURCE_SERVER, ({ Identifier }) => Identifier, input);
  return { NextToken: page.token, ResourceServers: page.items };
});
