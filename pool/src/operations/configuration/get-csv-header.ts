/** GetCSVHeader: the columns of a file of users for an import job. */
import { storedOperation } from './stored-operation.ts';

export const getCSVHeader = storedOperation('GetCSVHeader', async (pool, { UserPoolId }) => {
  const names = pool.schema.flatMap(({ Name }) => (Name === undefined || Name === 'sub' ? [] : [Name]));
  return { CSVHeader: [...names, 'cognito:mfa_enabled', 'cognito:username'], UserPoolId };
});
