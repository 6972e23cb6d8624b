/** TagResource: adds tags to the pool, and replaces those with the same keys. */
import { poolOperation } from '../operation.ts';
import { changeSettings } from './change-settings.ts';
import { checkPoolArn } from './pool-arn.ts';

export const tagResource = poolOperation(
  'TagResource',
  { access: 'iam' },
  async (pool, { ResourceArn, Tags }) => {
    checkPoolArn(pool, ResourceArn);
    const { userPool } = pool.settings;
    changeSettings(pool, { userPool: { ...userPool, UserPoolTags: { ...userPool.UserPoolTags, ...Tags } } });
    return {};
  },
);
