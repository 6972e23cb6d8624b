/** GetLogDeliveryConfiguration: describes where the logs of the pool would go. */
import { findDocument } from '../../domain/documents.ts';
import { ALL_CLIENTS, LOG_DELIVERY } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const getLogDeliveryConfiguration = storedOperation(
  'GetLogDeliveryConfiguration',
  async (pool, { UserPoolId }) => {
    const found = findDocument(pool, LOG_DELIVERY, ALL_CLIENTS);
    return { LogDeliveryConfiguration: found ?? { LogConfigurations: [], UserPoolId } };
  },
);
