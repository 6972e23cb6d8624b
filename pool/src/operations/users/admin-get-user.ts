/** AdminGetUser: a user's attributes, status, dates and second factors. */

import { poolOperation } from '../operation.ts';
import { describeAttributes, describeMfa } from '../profile/user-description.ts';
import { findNamedUser } from './named-user.ts';
import { describeState } from './user-type.ts';

export const adminGetUser = poolOperation('AdminGetUser', { access: 'iam' }, async (pool, input) => {
  const user = findNamedUser(pool, input.Username);
  return { ...describeState(user), UserAttributes: describeAttributes(user), ...describeMfa(user) };
});
