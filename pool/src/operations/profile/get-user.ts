/** GetUser: the user's attributes and second factors. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { clientOf } from '../../domain/admission.ts';
import { isReadableBy, listAttributes } from '../../domain/attributes.ts';
import { poolOperation } from '../operation.ts';
import { describeMfa, describeMfaOptions } from './user-description.ts';

export const getUser = poolOperation('GetUser', { access: 'token' }, async (pool, input) => {
  const { user, clientId } = await bearerOf(pool, input.AccessToken);
  return {
    Username: user.username,
    UserAttributes: listAttributes(user, isReadableBy(clientOf(pool, clientId))),
    ...describeMfa(user),
    ...describeMfaOptions(user),
  };
});
