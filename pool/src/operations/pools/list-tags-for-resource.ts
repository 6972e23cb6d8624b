/** ListTagsForResource: the tags of the pool. */
import { poolOperation } from '../operation.ts';
import { checkPoolArn } from './pool-arn.ts';

export const listTagsForResource = poolOperation(
  'ListTagsForResource',
  { access: 'iam' },
  async (pool, { ResourceArn }) => {
    checkPoolArn(pool, ResourceArn);
    return { Tags: pool.settings.userPool.UserPoolTags ?? {} };
  },
);
