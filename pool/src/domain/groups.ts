/** Groups of users. Which groups a user is in is kept at the user. */
import type { Group, Pool } from '../service/pool.ts';
import { comparePlaces, type Place } from './paging.ts';
import { ServiceException } from './service-exception.ts';
import type { User } from './user.ts';

type Grouped = Pick<Pool, 'groups' | 'users'>;

/** @throws ServiceException ResourceNotFoundException */
export function groupOf({ groups }: Pick<Pool, 'groups'>, name: string): Group {
  const group = groups.get(name);
  if (!group) throw new ServiceException('ResourceNotFoundException', 'Group not found.');
  return group;
}

/** The groups of a user, in the order in which they are listed. Names of groups that the pool does not have are left out. */
export const groupsOf = ({ groups }: Pick<Pool, 'groups'>, user: User): readonly Group[] =>
  user.groups
    .flatMap((name) => groups.get(name) ?? [])
    .sort((one, other) => comparePlaces(placeOfGroup(one), placeOfGroup(other)));

/** Adds the user to a group. Measured: it does not change the date of the user's last change. */
export function joinGroup({ users }: Grouped, user: User, { GroupName }: Group): void {
  if (!user.groups.includes(GroupName)) users.note(user, { groups: [...user.groups, GroupName] });
}

/** Takes the user out of a group, if the user is in it. */
export function leaveGroup({ users }: Grouped, user: User, name: string): void {
  if (user.groups.includes(name)) {
    users.note(user, { groups: user.groups.filter((other) => other !== name) });
  }
}

/** Removes a group, with all memberships. */
export function removeGroup(pool: Grouped, name: string): void {
  pool.groups.delete(name);
  for (const user of pool.users.all()) leaveGroup(pool, user, name);
}

/** Groups are listed by their age. Measured: the service's order is stable, and neither by name nor by age nor by precedence. */
export const placeOfGroup = ({ CreationDate = 0, GroupName }: Group): Place => ({
  time: CreationDate,
  name: GroupName,
});
