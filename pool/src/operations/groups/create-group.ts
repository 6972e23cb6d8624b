/** CreateGroup: adds a group without members. */
import { ServiceException } from '../../domain/service-exception.ts';
import type { Group } from '../../service/pool.ts';
import { poolOperation } from '../operation.ts';

/** The role does not have to exist. */
export const createGroup = poolOperation('CreateGroup', { access: 'iam' }, async (pool, input) => {
  const { Description, GroupName, Precedence, RoleArn, UserPoolId } = input;
  if (pool.groups.get(GroupName)) {
    throw new ServiceException('GroupExistsException', 'A group with the name already exists.');
  }
  const time = pool.now() / 1000;
  const group: Group = {
    CreationDate: time,
    Description,
    GroupName,
    LastModifiedDate: time,
    Precedence,
    RoleArn,
    UserPoolId,
  };
  pool.groups.put(GroupName, group);
  return { Group: group };
});
