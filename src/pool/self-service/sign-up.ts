/** SignUp, ConfirmSignUp and ResendConfirmationCode. */
import { assertMemberSecretHash, clientOf, hidesUsers } from '../admission.ts';
import { assertWritable } from '../attributes.ts';
import {
  ATTRIBUTE_OF,
  codeExpired,
  type Destination,
  deliveryDetails,
  simulatedDestination,
} from '../codes.ts';
import type { ClientOptions } from '../options.ts';
import { assertPolicy, POLICY_REFUSAL } from '../password-policy.ts';
import { invalidParameter, notAuthorized, ServiceException } from '../service-exception.ts';
import { NO_TRAIL } from '../sign-in/trail.ts';
import type { PoolState } from '../state.ts';
import type { User } from '../users.ts';

export interface UserInput {
  readonly ClientId: string;
  readonly Username: string;
  readonly SecretHash?: string;
}

export interface SignUpInput extends UserInput {
  readonly Password?: string;
  readonly UserAttributes?: Readonly<Record<string, string>>;
}

export async function signUp(pool: PoolState, input: SignUpInput): Promise<object> {
  const { Username: username, Password: password } = input;
  const client = findCheckedClient(pool, input);
  if (password !== undefined) assertPolicy(pool.passwordPolicy, password, POLICY_REFUSAL.signUp);
  else if (!mayBePasswordless(pool, client)) throw invalidParameter('Missing required parameter PASSWORD');
  assertWritable(input.UserAttributes ?? {});
  const given = addUsernameAttribute(username, input.UserAttributes ?? {});
  const missing = pool.requiredAttributes.filter((name) => !given[name]);
  if (missing.length > 0) {
    const lines = missing.map((name) => `${name}: The attribute is required\n`);
    throw invalidParameter(`Attributes did not conform to the schema: ${lines.join('')}`);
  }
  if (pool.users.find(username)) throw new ServiceException('UsernameExistsException', 'User already exists');
  const user = pool.users.add({
    username,
    ...(password !== undefined && { password }),
    status: 'UNCONFIRMED',
    attributes: {
      ...given,
      sub: pool.random.uuid(),
      ...(given['email'] !== undefined && { email_verified: 'false' }),
      ...(given['phone_number'] !== undefined && { phone_number_verified: 'false' }),
    },
  });
  const destination = confirmationDestination(user);
  return {
    UserConfirmed: false,
    UserSub: user.sub,
    ...(destination && { CodeDeliveryDetails: pool.codes.issue('ConfirmSignUp', username, destination) }),
    ...openSignUpSession(pool, client, user, 'SIGN_UP'),
  };
}

export interface ConfirmSignUpInput extends UserInput {
  readonly ConfirmationCode: string;
  readonly Session?: string;
}

export async function confirmSignUp(pool: PoolState, input: ConfirmSignUpInput): Promise<object> {
  const client = findCheckedClient(pool, input);
  const user = pool.users.find(input.Username);
  if (!user) throw hidesUsers(client) ? codeExpired() : combinationNotFound();
  if (user.status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  }
  const code = pool.codes.confirm('ConfirmSignUp', user.username, input.ConfirmationCode);
  code.spend();
  user.status = 'CONFIRMED';
  user.attributes = { ...user.attributes, [`${ATTRIBUTE_OF[code.medium]}_verified`]: 'true' };
  return takeSession(pool, client, user, input.Session)
    ? openSignUpSession(pool, client, user, 'SIGN_UP_CONFIRMED')
    : {};
}

export async function resendConfirmationCode(pool: PoolState, input: UserInput): Promise<object> {
  const client = findCheckedClient(pool, input);
  const user = pool.users.find(input.Username);
  if (!user) {
    if (!hidesUsers(client)) throw combinationNotFound();
    return { CodeDeliveryDetails: deliveryDetails(simulatedDestination(input.Username)) };
  }
  if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
  const destination = confirmationDestination(user);
  if (!destination) throw invalidParameter('Cannot resend codes. Auto verification not turned on.');
  return { CodeDeliveryDetails: pool.codes.issue('ConfirmSignUp', user.username, destination) };
}

/**
 * Finds the client and checks its SecretHash.
 *
 * @throws ServiceException if the client is unknown or the SecretHash is wrong
 */
export function findCheckedClient(pool: PoolState, input: UserInput): ClientOptions {
  const client = clientOf(pool, input.ClientId);
  assertMemberSecretHash(client, input.Username, input.SecretHash);
  return client;
}

export const combinationNotFound = (): ServiceException =>
  new ServiceException('UserNotFoundException', 'Username/client id combination not found.');

/** Adds the user name as an attribute if it is an e-mail address or a phone number. */
function addUsernameAttribute(
  username: string,
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [, email, phone_number] = /^(?:([^@\s]+@[^@\s]+)|(\+\d+))$/.exec(username) ?? [];
  return { ...(email && { email }), ...(phone_number && { phone_number }), ...attributes };
}

function confirmationDestination({ attributes }: User): Destination | undefined {
  const email = attributes[ATTRIBUTE_OF.EMAIL];
  if (email !== undefined) return { to: email, medium: 'EMAIL' };
  const phone = attributes[ATTRIBUTE_OF.SMS];
  return phone === undefined ? undefined : { to: phone, medium: 'SMS' };
}

const allowsUserAuth = ({ explicitAuthFlows }: ClientOptions) =>
  explicitAuthFlows?.includes('ALLOW_USER_AUTH') === true;

const mayBePasswordless = ({ allowedFirstAuthFactors }: PoolState, client: ClientOptions) =>
  allowsUserAuth(client) && allowedFirstAuthFactors.some((factor) => factor.endsWith('_OTP'));

/** Opens a session that continues the sign-up, if the client can continue it with USER_AUTH. */
function openSignUpSession(
  { sessions }: PoolState,
  client: ClientOptions,
  { username }: User,
  challengeName: 'SIGN_UP' | 'SIGN_UP_CONFIRMED',
): { readonly Session?: string } {
  if (!allowsUserAuth(client)) return {};
  const { clientId } = client;
  const awaited = { challengeName };
  return { Session: sessions.open({ clientId, username, kind: 'USER_AUTH', trail: NO_TRAIL, awaited }).id };
}

/**
 * Uses the session of SignUp. A right code confirms the user even if the session has expired, and the user then signs
 * in with a new session.
 */
function takeSession(
  { sessions }: PoolState,
  { clientId }: ClientOptions,
  { username }: User,
  id: string | undefined,
): boolean {
  // aws-amplify sends no session, and continues with the one it gets
  if (id === undefined) return true;
  try {
    const session = sessions.get(id, { clientId, username });
    if (session.awaited.challengeName !== 'SIGN_UP') return false;
    session.used = true;
    return true;
  } catch (error) {
    if (error instanceof ServiceException) return false;
    throw error;
  }
}
