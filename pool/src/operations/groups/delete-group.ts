/** DeleteGroup: removes a group, whose members stay users. */
import { groupOf, removeGroup } from '../../domain/groups.ts';
import { poolOperation } from '../operation.ts';

export const deleteGroup = poolOperation('DeleteGroup', { access: 'iam' }, async (pool, input) => {
  removeGroup(pool, groupOf(pool, input.GroupName).GroupName);
  return undefined;
});
