/** How administrators see a user. */
import type { Place } from '../../domain/paging.ts';
import type { User } from '../../domain/user.ts';
import type { AttributeType, UserType } from '../../model/types.generated.ts';
import { describeAttributes, describeMfaOptions } from '../profile/user-description.ts';

/** What AdminGetUser and UserType have in common. Times are sent in seconds. */
export const describeState = (user: User) => ({
  Enabled: user.enabled,
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.lastModifiedAt / 1000,
  UserStatus: user.status,
  Username: user.username,
  ...describeMfaOptions(user),
});

/** Makes a UserType. */
export const describeUser = (user: User): UserType => describeUserWith(user, describeAttributes(user));

/** Makes a UserType with only some of the attributes. */
export const describeUserWith = (user: User, Attributes: readonly AttributeType[]): UserType => ({
  Attributes,
  ...describeState(user),
});

/** Users are listed by their age, which never changes. The service's own order is not known. */
export const placeOfUser = ({ createdAt, sub }: User): Place => ({ time: createdAt, name: sub });
