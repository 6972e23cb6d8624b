/** SetRiskConfiguration: sets the threat protection of the pool or of one app client. A pool without the add-on may have it too. */
import { putDocument } from '../../domain/documents.ts';
import { ALL_CLIENTS, checkClient, datesOf, RISK } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const setRiskConfiguration = storedOperation('SetRiskConfiguration', async (pool, input) => {
  const { ClientId, UserPoolId, ...configuration } = input;
  if (ClientId !== undefined) checkClient(pool, ClientId);
  const { LastModifiedDate } = datesOf(pool);
  const risk = { ...configuration, ClientId, LastModifiedDate, UserPoolId };
  return { RiskConfiguration: putDocument(pool, RISK, ClientId ?? ALL_CLIENTS, risk) };
});
