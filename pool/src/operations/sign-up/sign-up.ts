/** SignUp: adds a user, who is not confirmed yet, and sends a code. */
import { assertNewAttributes, assertRequired } from '../../domain/attribute-schema.ts';
import { attributesOf } from '../../domain/attributes.ts';
import { assertNameIsFree, claimNames, readNewName } from '../../domain/new-names.ts';
import { assertPolicy, POLICY_REFUSAL } from '../../domain/password-policy.ts';
import { newVerifier } from '../../domain/passwords.ts';
import { invalidParameter, notAuthorized } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import { issueCode } from '../../messages/send-message.ts';
import type { Inputs } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import type { Client } from '../../settings/pool-settings.ts';
import { postConfirmation } from '../../triggers/post-confirmation.ts';
import { preSignUp } from '../../triggers/pre-sign-up.ts';
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
  assertNoPreferredAlias(pool, given);
  const name = readNewName(pool, input.Username, withoutEmpty(given));
  assertRequired(pool, name.attributes);
  // Before the name is looked for, because another request may take it in the meantime
  const verifier = password === undefined ? undefined : await newVerifier(pool, name, password);
  const { confirms, verified } = await preSignUp(pool, {
    source: 'PreSignUp_SignUp',
    clientId: client.ClientId,
    userName: name.username,
    userAttributes: name.attributes,
    validationData: input.ValidationData && attributesOf(input.ValidationData),
    clientMetadata: input.ClientMetadata,
  });
  assertNameIsFree(pool, name, 'User already exists');
  const { email, phone_number } = name.attributes;
  const attributes = {
    ...name.attributes,
    ...(email !== undefined && { email_verified: 'false' }),
    ...(phone_number !== undefined && { phone_number_verified: 'false' }),
    ...verified,
  };
  // Documented: an address that the trigger verifies moves to the new user
  claimNames(pool, undefined, attributes, { moves: true, exception: 'AliasExistsException' });
  const user = pool.users.add({
    ...name,
    attributes,
    verifier,
    status: confirms ? 'CONFIRMED' : 'UNCONFIRMED',
  });
  return confirms
    ? { ...(await endConfirmed(pool, client, user, input)), UserConfirmed: true }
    : { ...(await askForCode(pool, client, user, input)), UserConfirmed: false };
});

type Input = Inputs['SignUp'];

/**
 * Ends a sign-up that PreSignUp has confirmed. No code is sent, because there is nothing left to confirm (inferred). Whether the service
 * returns a Session is not known. Nothing has proved an address, so here it does not.
 */
async function endConfirmed(pool: Pool, client: Client, user: User, { ClientMetadata }: Input) {
  await postConfirmation(pool, {
    source: 'PostConfirmation_ConfirmSignUp',
    user,
    clientId: client.ClientId,
    clientMetadata: ClientMetadata,
  });
  return { UserSub: user.sub };
}

async function askForCode(pool: Pool, client: Client, user: User, { ClientMetadata }: Input) {
  const destination = confirmationDestination(pool, user);
  const CodeDeliveryDetails =
    destination &&
    (await issueCode(pool, {
      purpose: 'ConfirmSignUp',
      occasion: 'SignUp',
      user,
      clientId: client.ClientId,
      clientMetadata: ClientMetadata,
      destination,
    }));
  return {
    UserSub: user.sub,
    ...(CodeDeliveryDetails && { CodeDeliveryDetails }),
    ...openSignUpSession(pool, client, user, 'SIGN_UP'),
  };
}

/** Documented: users give themselves the alias once they are confirmed. The text is not known. */
function assertNoPreferredAlias({ users }: Pool, given: Readonly<Record<string, string>>): void {
  const isAlias = users.rules.aliasAttributes.includes('preferred_username');
  if (!isAlias || !given['preferred_username']) return;
  throw invalidParameter('preferred_username cannot be set before the user is confirmed.');
}

const mayBePasswordless = ({ allowedFirstAuthFactors }: Pool, client: Client) =>
  allowsUserAuth(client) && allowedFirstAuthFactors.some((factor) => factor.endsWith('_OTP'));

const withoutEmpty = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
