/** CreateUserImportJob: adds an import job. Its state is kept, but the local pool takes no file, so there is no address for one. */
import { addDocument } from '../../domain/documents.ts';
import { datesOf, IMPORT_JOB } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const createUserImportJob = storedOperation('CreateUserImportJob', async (pool, input) => {
  const JobId = `import-${pool.random.uuid()}`;
  const { CreationDate } = datesOf(pool);
  const counts = { FailedUsers: 0, ImportedUsers: 0, SkippedUsers: 0 };
  const job = { ...input, ...counts, CreationDate, JobId, Status: 'Created' } as const;
  return { UserImportJob: addDocument(pool, IMPORT_JOB, JobId, job) };
});
