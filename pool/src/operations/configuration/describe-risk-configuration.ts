/** DescribeRiskConfiguration: describes the threat protection of an app client, or else that of the pool. */
import { findDocument } from '../../domain/documents.ts';
import { ALL_CLIENTS, checkClient, RISK } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const describeRiskConfiguration = storedOperation('DescribeRiskConfiguration', async (pool, input) => {
  const { ClientId, UserPoolId } = input;
  if (ClientId !== undefined) checkClient(pool, ClientId);
  const found = findDocument(pool, RISK, ClientId ?? ALL_CLIENTS) ?? findDocument(pool, RISK, ALL_CLIENTS);
  return { RiskConfiguration: found ?? { ClientId, UserPoolId } };
});
