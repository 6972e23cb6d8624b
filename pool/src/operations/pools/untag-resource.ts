/** UntagResource: removes tags from the pool. A key that it does not have is left out of account. */
import { poolOperation } from '../operation.ts';
import { changeSettings } from './change-settings.ts';
import { checkPoolArn } from './pool-arn.ts';

export const untagResource = poolOperation(
  'UntagResource',
  { access: 'iam' },
  async (pool, { ResourceArn, TagKeys }) => {
    checkPoolArn(pool, ResourceArn);
    const { userPool } = pool.settings;
    const kept = Object.entries(userPool.UserPoolTags ?? {}).filter(([key]) => !TagKeys.includes(key));
    changeSettings(pool, { userPool: { ...userPool, UserPoolTags: Object.fromEntries(kept) } });
    return {};
  },
);
