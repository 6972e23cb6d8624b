/** DeleteUserPool: removes the pool and everything in it. */

import { domainsOf } from '../../domain/domains.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import { poolById } from '../../service/service.ts';
import { serviceOperation } from '../operation.ts';

export const deleteUserPool = serviceOperation('DeleteUserPool', async (service, { UserPoolId }) => {
  const pool = poolById(service, UserPoolId);
  // Which of the two is looked at first is not known.
  if (pool.settings.userPool.DeletionProtection === 'ACTIVE') {
    throw invalidParameter(
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    );
  }
  if (domainsOf(pool).length > 0) {
    throw invalidParameter(
      'User pool cannot be deleted. It has a domain configured that should be deleted first.',
    );
  }
  service.removePool(UserPoolId);
  return undefined;
});
