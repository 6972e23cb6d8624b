/** Traffic around the sign-in: users sign up, forget their passwords, and are made, changed and removed by an administrator. */
import {
  confirmForgotPassword,
  confirmSignUp,
  decodeClaims,
  forgotPassword,
  respond,
  signIn,
  signUp,
} from '../../dist/esm/index.js';
import { callApi } from './api-calls.mjs';
import { GROUP, PASSWORD, PLAIN, userName } from './seed.mjs';

const NEW_PASSWORD = 'Battery-Staple-7';
const GONE = ['done', 'UserNotFoundException'];
const clientOf = ({ endpoint }) => ({ userPoolId: PLAIN, clientId: 'web', endpoint });
/** As many names as flows can run at the same time. */
const NAMES = 100;

const administer =
  ({ endpoint }, operation, input) =>
  (options) =>
    callApi(endpoint, operation, { UserPoolId: PLAIN, ...input }, options);

/** The newest code that was sent to an address for one purpose. */
async function codeSentTo({ endpoint, fetch }, to, purpose) {
  const response = await fetch(`${endpoint}/_/outbox`);
  const messages = await response.json();
  return messages.findLast((message) => message.to === to && message.purpose === purpose)?.code;
}

/** Signs up, confirms with a wrong code and with the right one, signs in, and is removed. */
export async function signsUp(context) {
  const { turn, call, until, check } = context;
  const client = clientOf(context);
  const username = `new-${turn % NAMES}`;
  const email = `${username}@example.com`;
  const remove = administer(context, 'AdminDeleteUser', { Username: username });
  await until('AdminDeleteUser', remove, GONE);
  const credentials = { username, password: PASSWORD };
  await call('SignUp', (options) => signUp(client, { ...credentials, attributes: { email } }, options));
  await call('SignUp again', (options) => signUp(client, credentials, options), 'USERNAME_EXISTS');
  await call('a sign-in too early', (options) => signIn(client, credentials, options), 'USER_NOT_CONFIRMED');
  const code = await codeSentTo(context, email, 'ConfirmSignUp');
  const confirm = (given) => (options) => confirmSignUp(client, { username, code: given }, options);
  await call('a wrong code', confirm(code === '000000' ? '000001' : '000000'), 'CODE_MISMATCH');
  await call('ConfirmSignUp', confirm(code));
  const { tokens } = await call(
    'the first sign-in',
    (options) => signIn(client, credentials, options),
    'signed-in',
  );
  await check.tokens(tokens, username);
  await until('AdminDeleteUser', remove, GONE);
  await call('a sign-in once removed', (options) => signIn(client, credentials, options), 'USER_NOT_FOUND');
}

/** Forgets the password, sets another with the code, and signs in with that one alone. */
export async function forgets(context) {
  const { turn, call, until, check } = context;
  const client = clientOf(context);
  const username = userName('forgetful', turn);
  const setPassword = { Username: username, Password: PASSWORD, Permanent: true };
  await until('AdminSetUserPassword', administer(context, 'AdminSetUserPassword', setPassword), ['done']);
  await call('ForgotPassword', (options) => forgotPassword(client, { username }, options));
  const code = await codeSentTo(context, `${username}@example.com`, 'ConfirmForgotPassword');
  const reset = { username, code, newPassword: NEW_PASSWORD };
  await call('ConfirmForgotPassword', (options) => confirmForgotPassword(client, reset, options));
  await call(
    'the same code again',
    (options) => confirmForgotPassword(client, reset, options),
    'CODE_EXPIRED',
  );
  const old = { username, password: PASSWORD };
  await call('the old password', (options) => signIn(client, old, options), 'INCORRECT_USERNAME_OR_PASSWORD');
  const { tokens } = await call(
    'the new password',
    (options) => signIn(client, { username, password: NEW_PASSWORD }, options),
    'signed-in',
  );
  await check.tokens(tokens, username);
}

/** An administrator makes a user, who chooses a password, gets a group, is disabled, enabled and removed. */
export async function isAdministered(context) {
  const { turn, call, until, check } = context;
  const client = clientOf(context);
  const Username = `made-${turn % NAMES}`;
  const remove = administer(context, 'AdminDeleteUser', { Username });
  await until('AdminDeleteUser', remove, GONE);
  const made = { Username, TemporaryPassword: PASSWORD, MessageAction: 'SUPPRESS' };
  await call('AdminCreateUser', administer(context, 'AdminCreateUser', made));
  await call(
    'AdminCreateUser again',
    administer(context, 'AdminCreateUser', made),
    'UsernameExistsException',
  );
  const { challenge } = await call(
    'the temporary password',
    (options) => signIn(client, { username: Username, password: PASSWORD }, options),
    'NEW_PASSWORD_REQUIRED',
  );
  await call(
    'the password that the user chooses',
    (options) => respond(client, challenge, { newPassword: NEW_PASSWORD }, options),
    'signed-in',
  );
  const name = { Username };
  await call(
    'AdminAddUserToGroup',
    administer(context, 'AdminAddUserToGroup', { ...name, GroupName: GROUP }),
  );
  const group = { GroupName: `group-${turn % NAMES}` };
  await until('DeleteGroup', administer(context, 'DeleteGroup', group), [
    'done',
    'ResourceNotFoundException',
  ]);
  await call('CreateGroup', administer(context, 'CreateGroup', group));
  const filter = { Filter: `username = "${Username}"` };
  const { Users } = await call('ListUsers', administer(context, 'ListUsers', filter));
  check.same('ListUsers finds the user', Users.map((user) => user.Username).join(), Username);
  await call('AdminDisableUser', administer(context, 'AdminDisableUser', name));
  const credentials = { username: Username, password: NEW_PASSWORD };
  const enter = (options) => signIn(client, credentials, options);
  await call('a sign-in while disabled', enter, 'USER_DISABLED');
  await call('AdminEnableUser', administer(context, 'AdminEnableUser', name));
  const { tokens } = await call('a sign-in once enabled', enter, 'signed-in');
  await check.tokens(tokens, Username);
  const groups = decodeClaims(tokens.accessToken)['cognito:groups'];
  check.same('the token names the group', String(groups), GROUP);
  await until('DeleteGroup', administer(context, 'DeleteGroup', group), [
    'done',
    'ResourceNotFoundException',
  ]);
  await until('AdminDeleteUser', remove, GONE);
  await call('AdminGetUser once removed', administer(context, 'AdminGetUser', name), 'UserNotFoundException');
}

/** Removes the users and groups of flows that were ended by a fault. */
export async function removeMadeUsers(context) {
  for (let number = 0; number < NAMES; number++) {
    for (const Username of [`new-${number}`, `made-${number}`]) {
      await context.until('AdminDeleteUser', administer(context, 'AdminDeleteUser', { Username }), GONE);
    }
    const group = administer(context, 'DeleteGroup', { GroupName: `group-${number}` });
    await context.until('DeleteGroup', group, ['done', 'ResourceNotFoundException']);
  }
}
