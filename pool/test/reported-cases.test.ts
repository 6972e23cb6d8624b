/** Programs from public reports that met a local pool, with the results that they have on AWS. */
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  changePassword,
  confirmSignUp,
  decodeClaims,
  respond,
  type SignedIn,
  type Step,
  signIn,
  signUp,
  updateUserAttributes,
  verifyUserAttribute,
} from '../../src/index.ts';
import { createUserPool, type Triggers, type UserPool } from '../src/index.ts';

const TRIGGER_OPTIONS = [
  'preSignUp',
  'postConfirmation',
  'preAuthentication',
  'postAuthentication',
  'preTokenGeneration',
  'userMigration',
  'customMessage',
] as const satisfies readonly (keyof Triggers)[];

const password = 'Correct-Horse-9';

const clientOf = ({ userPoolId }: UserPool) => ({
  userPoolId,
  clientId: 'web',
  endpoint: 'http://127.0.0.1',
});

function signedIn(step: Step): SignedIn {
  if (step.status !== 'signed-in') throw new Error(`The step is ${step.status}`);
  return step;
}

test('an SDK makes a user, sets the password, and finds the user', async () => {
  const local = createUserPool({ userPoolId: 'eu-west-1_Seed1' });
  const { endpoint, close } = await local.listen();
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const sdk = new CognitoIdentityProviderClient({ region: 'eu-west-1', endpoint, credentials });
  const pool = { UserPoolId: 'eu-west-1_Seed1' };
  const user = { ...pool, Username: 'ann' };
  try {
    await sdk.send(
      new AdminCreateUserCommand({ ...user, TemporaryPassword: 'Temp-Pass-1', MessageAction: 'SUPPRESS' }),
    );
    await sdk.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
    expect(await sdk.send(new AdminGetUserCommand(user))).toMatchObject({ UserStatus: 'CONFIRMED' });
    expect((await sdk.send(new ListUsersCommand(pool))).Users).toMatchObject([{ Username: 'ann' }]);
    expect((await sdk.send(new DescribeUserPoolCommand(pool))).UserPool?.Id).toBe('eu-west-1_Seed1');
  } finally {
    sdk.destroy();
    await close();
  }
  const step = await signIn(clientOf(local), { username: 'ann', password }, { fetch: local.fetch });
  expect(signedIn(step).username).toBe('ann');
});

test('in a pool of e-mail addresses the user name is the sub, and a new address signs in', async () => {
  const local = createUserPool({ requiredAttributes: ['email'], usernameAttributes: ['email'] });
  const pool = clientOf(local);
  const options = { fetch: local.fetch };
  const code = () => local.outbox.at(-1)?.code ?? '';
  const username = 'ann@example.com';
  const { userSub } = await signUp(pool, { username, password, attributes: { email: username } }, options);
  await confirmSignUp(pool, { username, code: code() }, options);
  const step = signedIn(await signIn(pool, { username, password }, options));
  expect(step.username).toBe(userSub);
  const { accessToken } = step.tokens;
  await updateUserAttributes(pool, { accessToken, attributes: { email: 'new@example.com' } }, options);
  await verifyUserAttribute(pool, { accessToken, attributeName: 'email', code: code() }, options);
  const again = await signIn(pool, { username: 'new@example.com', password }, options);
  expect(signedIn(again).username).toBe(userSub);
  await expect(signIn(pool, { username, password }, options)).rejects.toMatchObject({
    code: 'USER_NOT_FOUND',
  });
});

test('in a pool with e-mail addresses as aliases a verified address signs in', async () => {
  const local = createUserPool({ aliasAttributes: ['email'] });
  const pool = clientOf(local);
  const options = { fetch: local.fetch };
  await signUp(pool, { username: 'bob', password, attributes: { email: 'bob@example.com' } }, options);
  await confirmSignUp(pool, { username: 'bob', code: local.outbox.at(-1)?.code ?? '' }, options);
  const step = await signIn(pool, { username: 'bob@example.com', password }, options);
  expect(signedIn(step).username).toBe('bob');
});

test('a pass phrase with spaces is a password everywhere', async () => {
  const phrase = 'correct horse battery staple 9';
  const temporary = 'Temp-Pass-1';
  const local = createUserPool({
    users: [{ username: 'tmp', password: temporary, status: 'FORCE_CHANGE_PASSWORD' }],
  });
  const pool = clientOf(local);
  const options = { fetch: local.fetch };
  const attributes = { email: 'a@example.com' };
  await signUp(pool, { username: 'ann', password: phrase, attributes }, options);
  const step = await signIn(pool, { username: 'tmp', password: temporary }, options);
  if (step.status !== 'challenge' || step.challenge.name !== 'NEW_PASSWORD_REQUIRED')
    throw new Error(step.status);
  const { tokens } = signedIn(await respond(pool, step.challenge, { newPassword: phrase }, options));
  await changePassword(
    pool,
    { accessToken: tokens.accessToken, previousPassword: phrase, newPassword: `${phrase} again` },
    options,
  );
  const last = await signIn(pool, { username: 'tmp', password: `${phrase} again` }, options);
  expect(last.status).toBe('signed-in');
});

test('in a pool that does not tell upper from lower case, any spelling of the name signs in', async () => {
  const users = [{ username: 'Ann@Example.com', password }];
  const local = createUserPool({ caseSensitive: false, users });
  for (const username of ['Ann@Example.com', 'ann@example.com']) {
    const step = await signIn(clientOf(local), { username, password }, { fetch: local.fetch });
    expect(signedIn(step).username).toBe('Ann@Example.com');
  }
});

test('the default pool has an id that verifiers of tokens take', () => {
  // The pattern is that of aws-jwt-verify, which reads the region from the id
  expect(createUserPool().userPoolId).toMatch(/^(?:[a-z]{2}(?:-gov)?-[a-z]+-\d)_[a-zA-Z0-9]+$/);
});

test('groups of a seed are in both tokens, and an attribute cannot pretend to be one', async () => {
  const user = { username: 'ann', password };
  const local = createUserPool({ users: [{ ...user, groups: ['admin'] }], groups: [{ name: 'admin' }] });
  const { tokens } = signedIn(await signIn(clientOf(local), user, { fetch: local.fetch }));
  expect(decodeClaims(tokens.accessToken)?.['cognito:groups']).toEqual(['admin']);
  expect(decodeClaims(tokens.idToken)?.['cognito:groups']).toEqual(['admin']);
  expect(() => createUserPool({ users: [{ ...user, attributes: { 'cognito:groups': 'admin' } }] })).toThrow(
    new TypeError('users[0].attributes.cognito:groups is reserved for the service'),
  );
});

test.each(TRIGGER_OPTIONS)('a pool takes the trigger %s, and runs with it', async (name) => {
  const user = { username: 'ann', password };
  const local = createUserPool({ users: [user], triggers: { [name]: (event: object) => event } });
  const step = await signIn(clientOf(local), user, { fetch: local.fetch });
  expect(step.status).toBe('signed-in');
});
