/** SetLogDeliveryConfiguration: sets where the logs of the pool would go. The local pool sends none. */
import { putDocument } from '../../domain/documents.ts';
import { ALL_CLIENTS, LOG_DELIVERY } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const setLogDeliveryConfiguration = storedOperation(
  'SetLogDeliveryConfiguration',
  async (pool, { LogConfigurations, UserPoolId }) => {
    const LogDeliveryConfiguration = { LogConfigurations, UserPoolId };
    return {
      LogDeliveryConfiguration: putDocument(pool, LOG_DELIVERY, ALL_CLIENTS, LogDeliveryConfiguration),
    };
  },
);
