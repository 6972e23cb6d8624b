/** SignUp: adds a user, who is not confirmed yet, and sends a code. */
import { assertNewAttributes, assertRequired } from '../../domain/attribute-schema.ts';
import { attributesOf } from '../../domain/attributes.ts';
import { assertNameIsFree, claimNames, readNewName } from '../../domain/new-names.ts';
import { assertPolicy, POLICY_REFUSAL } from '../../domain/password-policy.ts';
import { newVerifier } from '../../domain/passwords.ts';
import { invalidParameter, notAuthorized } from '../../domain/service-exception.ts';
import type { Pool } from '../../service/pool.ts';
import type { Client } from '../../settings/pool-settings.ts';
import { poolOperation } from '../operation.ts';
import { findCheckedClient } from './checked-client.ts';
import { confirmationDestination } from './confirmation-destination.ts';
import { allowsUserAuth, openSignUpSession } from './sign-up-session.ts';

export const signUp = poolOperation('SignUp', { access: 'public' }, async (pool, input) => {
  // A blank password is none
  const password = input.Password || undefined;
  const client = findCheckedClient(pool, input);
  if (pool.adminCreateUserOnly) throw notAuthorized('SignUp is not permitted for this user pool');
  if (password !== undefined) assertPolicy(pool.passwordPolicy, password, POLICY_REFUSAL.signUp);
  else if (!mayBePasswordless(pool, client)) throw invalidParameter('Missing required parameter PASSWORD');
  const given = attributesOf(input.UserAttributes);
  assertNewAttributes(pool, client, given);
  const name = readNewName(pool, input.Username, withoutEmpty(given));
  assertRequired(pool, name.attributes);
  // Before the name is looked for, because another request may take it in the meantime
  const verifier = password === undefined ? undefined : await newVerifier(pool, name, password);
  assertNameIsFree(pool, name, 'User already exists');
  const { email, phone_number } = name.attributes;
  const attributes = {
    ...name.attributes,
    ...(email !== undefined && { email_verified: 'false' }),
    ...(phone_number !== undefined && { phone_number_verified: 'false' }),
  };
  claimNames(pool, undefined, attributes, { moves: false, exception: 'AliasExistsException' });
  const user = pool.users.add({
    ...name,
    attributes,
    verifier,
    status: 'UNCONFIRMED',
  });
  const destination = confirmationDestination(pool, user);
  return {
    UserConfirmed: false,
    UserSub: user.sub,
    ...(destination && {
      CodeDeliveryDetails: pool.codes.issue('ConfirmSignUp', user.username, destination),
    }),
    ...openSignUpSession(pool, client, user, 'SIGN_UP'),
  };
});

const mayBePasswordless = ({ allowedFirstAuthFactors }: Pool, client: Client) =>
  allowsUserAuth(client) && allowedFirstAuthFactors.some((factor) => factor.endsWith('_OTP'));

const withoutEmpty = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
