/** DescribeUserImportJob: describes an import job. */
import { documentOf } from '../../domain/documents.ts';
import { IMPORT_JOB } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const describeUserImportJob = storedOperation('DescribeUserImportJob', async (pool, { JobId }) => {
  return { UserImportJob: documentOf(pool, IMPORT_JOB, JobId) };
});
