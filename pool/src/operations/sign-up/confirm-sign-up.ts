/** ConfirmSignUp: confirms a user by the code of SignUp. */
import { hidesUsers } from '../../domain/clients.ts';
import { ATTRIBUTE_OF, codeExpired, type Destination } from '../../domain/codes.ts';
import { claimNames } from '../../domain/new-names.ts';
import { notAuthorized } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import { postConfirmation } from '../../triggers/post-confirmation.ts';
import { poolOperation } from '../operation.ts';
import { combinationNotFound, findCheckedClient } from './checked-client.ts';
import { openSignUpSession, takeSignUpSession } from './sign-up-session.ts';

export const confirmSignUp = poolOperation('ConfirmSignUp', { access: 'public' }, async (pool, input) => {
  const client = findCheckedClient(pool, input);
  const user = pool.users.find(input.Username);
  if (!user) throw hidesUsers(client) ? codeExpired() : combinationNotFound();
  if (user.status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  }
  const code = pool.codes.confirm('ConfirmSignUp', user.username, input.ConfirmationCode);
  const attributes = confirmedAttributes(user, code);
  claimNames(pool, user, attributes, {
    moves: input.ForceAliasCreation === true,
    exception: 'AliasExistsException',
  });
  code.spend();
  pool.users.update(user, { status: 'CONFIRMED', attributes });
  await postConfirmation(pool, {
    source: 'PostConfirmation_ConfirmSignUp',
    user,
    clientId: client.ClientId,
    clientMetadata: input.ClientMetadata,
  });
  return takeSignUpSession(pool, client, user, input.Session)
    ? openSignUpSession(pool, client, user, 'SIGN_UP_CONFIRMED')
    : {};
});

/** The address is verified, unless an administrator has changed it since the code was sent. */
function confirmedAttributes({ attributes }: User, { to, medium }: Destination): User['attributes'] {
  const name = ATTRIBUTE_OF[medium];
  return attributes[name] === to ? { ...attributes, [`${name}_verified`]: 'true' } : attributes;
}
