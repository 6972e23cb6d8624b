/** AdminCreateUser: adds a user with a temporary password, or sends that user another one. */
import { assertNewAttributes } from '../../domain/attribute-schema.ts';
import { attributesOf, listAttributes } from '../../domain/attributes.ts';
import { ATTRIBUTE_OF, type Destination, type Medium } from '../../domain/codes.ts';
import { assertNameIsFree, claimNames, readNewName } from '../../domain/new-names.ts';
import { assertPolicy, makePassword, POLICY_REFUSAL } from '../../domain/password-policy.ts';
import { newVerifier, passwordChanges } from '../../domain/passwords.ts';
import { invalidParameter, ServiceException, userDoesNotExist } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import { sendMessage } from '../../messages/send-message.ts';
import type { Inputs, UserType } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import { preSignUp } from '../../triggers/pre-sign-up.ts';
import { poolOperation } from '../operation.ts';

type Input = Inputs['AdminCreateUser'];

export const adminCreateUser = poolOperation('AdminCreateUser', { access: 'iam' }, async (pool, input) => ({
  User: describe(input.MessageAction === 'RESEND' ? await resend(pool, input) : await create(pool, input)),
}));

/** Required attributes that are missing are not an error: NEW_PASSWORD_REQUIRED asks for them. */
async function create(pool: Pool, input: Input): Promise<User> {
  const { TemporaryPassword: given } = input;
  if (given) assertPolicy(pool.passwordPolicy, given, POLICY_REFUSAL.adminCreateUser);
  const written = Object.entries(attributesOf(input.UserAttributes)).filter(([, value]) => value !== '');
  assertNewAttributes(pool, 'admin', Object.fromEntries(written));
  const name = readNewName(pool, input.Username, Object.fromEntries(written));
  assertVerifiedAddresses(name.attributes);
  assertDeliverable(input, name.attributes);
  const password =
    given ||
    (mayBePasswordless(pool, name.attributes) ? undefined : makePassword(pool.passwordPolicy, pool.random));
  // Before the name is looked for, because another request may take it in the meantime
  const verifier = password === undefined ? undefined : await newVerifier(pool, name, password);
  await preSignUp(pool, {
    source: 'PreSignUp_AdminCreateUser',
    clientId: undefined,
    userName: name.username,
    userAttributes: name.attributes,
    validationData: input.ValidationData && attributesOf(input.ValidationData),
    clientMetadata: input.ClientMetadata,
  });
  assertNameIsFree(pool, name, 'User account already exists');
  // Reported (boto/boto3#3213): not the AliasExistsException of the documentation
  claimNames(pool, undefined, name.attributes, {
    moves: input.ForceAliasCreation === true,
    exception: 'UsernameExistsException',
  });
  const user = pool.users.add({
    ...name,
    verifier,
    status: password === undefined ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
  });
  if (input.MessageAction !== 'SUPPRESS') await invite(pool, input, user, password ?? '');
  return user;
}

/** A pool with one-time passwords as a first factor makes no password for a user who has the address for one. */
const mayBePasswordless = (
  { allowedFirstAuthFactors }: Pool,
  { email, phone_number }: Readonly<Record<string, string>>,
) =>
  (allowedFirstAuthFactors.includes('EMAIL_OTP') && email !== undefined) ||
  (allowedFirstAuthFactors.includes('SMS_OTP') && phone_number !== undefined);

async function resend(pool: Pool, input: Input): Promise<User> {
  const user = pool.users.findAny(input.Username);
  if (!user) throw userDoesNotExist();
  assertTemporary(user);
  assertDeliverable(input, user.attributes);
  const { TemporaryPassword: given } = input;
  if (given) assertPolicy(pool.passwordPolicy, given, POLICY_REFUSAL.adminCreateUser);
  const password = given || makePassword(pool.passwordPolicy, pool.random);
  const changes = await passwordChanges(pool, user, password);
  // The user may have chosen a password in the meantime
  assertTemporary(user);
  pool.users.update(user, changes);
  await invite(pool, input, user, password);
  return user;
}

/** The text is that of two emulators. AWS's is not known. */
function assertTemporary({ username, status }: User): void {
  if (status === 'FORCE_CHANGE_PASSWORD') return;
  throw new ServiceException(
    'UnsupportedUserStateException',
    `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`,
  );
}

/** Documented: a flag that says that an address is verified needs the address. AWS's text is not known. */
function assertVerifiedAddresses(attributes: User['attributes']): void {
  for (const name of Object.values(ATTRIBUTE_OF)) {
    if (attributes[`${name}_verified`] !== 'true' || attributes[name] !== undefined) continue;
    throw invalidParameter(`A value for ${name} must be provided to set ${name}_verified to true`);
  }
}

/**
 * Reported for e-mail (rahulpsd18/cognito-backup-restore#25), also beside a text message that could be sent. The text for the phone
 * number is an assumption.
 */
const NO_ADDRESS: Readonly<Record<Medium, string>> = {
  EMAIL: 'No email provided but desired delivery medium was Email',
  SMS: 'No phone number provided but desired delivery medium was SMS',
};

/** Checks that there is an address for each medium that is named, if a message is sent. That RESEND checks it, too, is an assumption. */
function assertDeliverable(
  { MessageAction, DesiredDeliveryMediums = [] }: Input,
  attributes: User['attributes'],
): void {
  if (MessageAction === 'SUPPRESS') return;
  const medium = DesiredDeliveryMediums.find((each) => attributes[ATTRIBUTE_OF[each]] === undefined);
  if (medium !== undefined) throw invalidParameter(NO_ADDRESS[medium]);
}

/**
 * Sends the message that invites a user. The default is a text message. What AWS does without a named medium for a user who has no
 * phone number is not known; here an e-mail is sent, and nothing to a user who has no address.
 */
async function invite(pool: Pool, input: Input, user: User, password: string): Promise<void> {
  const { attributes } = user;
  const fallback: Medium = attributes[ATTRIBUTE_OF.SMS] === undefined ? 'EMAIL' : 'SMS';
  for (const medium of input.DesiredDeliveryMediums ?? [fallback]) {
    const to = attributes[ATTRIBUTE_OF[medium]];
    if (to !== undefined) await sendMessage(pool, invitation(user, { to, medium }), password);
  }
}

/** Documented: the ClientMetadata of AdminCreateUser reaches PreSignUp alone. */
const invitation = (user: User, destination: Destination) =>
  ({
    purpose: 'AdminCreateUser',
    occasion: 'AdminCreateUser',
    user,
    clientId: undefined,
    clientMetadata: undefined,
    destination,
  }) as const;

const describe = (user: User): UserType => ({
  Username: user.username,
  Attributes: listAttributes(user),
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.lastModifiedAt / 1000,
  Enabled: user.enabled,
  UserStatus: user.status,
});
