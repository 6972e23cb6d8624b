/** ListUserImportJobs: lists the import jobs, page by page. */
import { listDocumentPage } from './document-pages.ts';
import { IMPORT_JOB } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const listUserImportJobs = storedOperation(
  'ListUserImportJobs',
  async (pool, { MaxResults, PaginationToken: NextToken }) => {
    const page = listDocumentPage(pool, IMPORT_JOB, ({ JobId }) => JobId, { MaxResults, NextToken });
    return { PaginationToken: page.token, UserImportJobs: page.items };
  },
);
