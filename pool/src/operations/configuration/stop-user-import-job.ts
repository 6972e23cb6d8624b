/** StopUserImportJob: stops an import job that was started. */
import { changeDocument, documentOf } from '../../domain/documents.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import { IMPORT_JOB } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const stopUserImportJob = storedOperation('StopUserImportJob', async (pool, { JobId }) => {
  if (documentOf(pool, IMPORT_JOB, JobId).Status !== 'Pending') {
    // AWS's text is not known.
    throw new ServiceException('PreconditionNotMetException', 'The user import job is not running.');
  }
  const changes = { CompletionDate: pool.now() / 1000, Status: 'Stopped' } as const;
  return { UserImportJob: changeDocument(pool, IMPORT_JOB, JobId, changes) };
});
