/** GetGroup: describes a group. */
import { groupOf } from '../../domain/groups.ts';
import { poolOperation } from '../operation.ts';

export const getGroup = poolOperation('GetGroup', { access: 'iam' }, async (pool, input) => ({
  Group: groupOf(pool, input.GroupName),
}));
