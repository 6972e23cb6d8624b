/** StartUserImportJob: starts an import job, which then waits until it is stopped, because the local pool imports nothing. */
import { changeDocument, documentOf } from '../../domain/documents.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import { IMPORT_JOB } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const startUserImportJob = storedOperation('StartUserImportJob', async (pool, { JobId }) => {
  if (documentOf(pool, IMPORT_JOB, JobId).Status !== 'Created') {
    // AWS's text is not known.
    throw new ServiceException(
      'PreconditionNotMetException',
      'The user import job has been started already.',
    );
  }
  const changes = { StartDate: pool.now() / 1000, Status: 'Pending' } as const;
  return { UserImportJob: changeDocument(pool, IMPORT_JOB, JobId, changes) };
});
