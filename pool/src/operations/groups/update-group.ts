/** UpdateGroup: changes the description, the role or the precedence of a group. */
import { groupOf } from '../../domain/groups.ts';
import { poolOperation } from '../operation.ts';

/** Measured: what is not sent stays, an empty description counts as not sent, and without any change the date stays too. */
export const updateGroup = poolOperation('UpdateGroup', { access: 'iam' }, async (pool, input) => {
  const { Precedence, RoleArn } = input;
  const group = groupOf(pool, input.GroupName);
  const Description = input.Description || undefined;
  if (Description === undefined && Precedence === undefined && RoleArn === undefined) return { Group: group };
  const changed = {
    ...group,
    ...(Description !== undefined && { Description }),
    ...(Precedence !== undefined && { Precedence }),
    ...(RoleArn !== undefined && { RoleArn }),
    LastModifiedDate: pool.now() / 1000,
  };
  pool.groups.put(group.GroupName, changed);
  return { Group: changed };
});
