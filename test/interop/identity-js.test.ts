/** `amazon-cognito-identity-js` signs in to the local pool by SRP, and its tokens verify. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { createUserPool, type Listening } from '../../pool/src/index.ts';
import { alice } from '../support/client.ts';

const elsewhere = { username: '用户-josé-😀', password: 'Пароль-密码-🔑-9' };
const pool = createUserPool({
  userPoolId: 'eu-west-1_AbCdEf123',
  users: [
    { ...alice, aliases: ['alice@example.org'], attributes: { email: 'alice@example.org' } },
    elsewhere,
    { username: 'invited', password: 'Temporary-9', status: 'FORCE_CHANGE_PASSWORD' },
  ],
});
let listening: Listening;
beforeAll(async () => {
  listening = await pool.listen();
});
afterAll(() => listening.close());

/** What CognitoUser.authenticateUser ends with. */
function authenticate(username: string, password: string) {
  const stored = new Map<string, string>();
  const Storage = {
    setItem: (key: string, value: string) => void stored.set(key, value),
    getItem: (key: string) => stored.get(key) ?? null,
    removeItem: (key: string) => void stored.delete(key),
    clear: () => stored.clear(),
  };
  const Pool = new CognitoUserPool({
    UserPoolId: pool.userPoolId,
    ClientId: 'web',
    endpoint: listening.endpoint,
    Storage,
  });
  const user = new CognitoUser({ Username: username, Pool, Storage });
  return new Promise<{
    session?: CognitoUserSession;
    error?: { code: string; message: string };
    newPassword?: (password: string) => Promise<CognitoUserSession>;
  }>((resolve) => {
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
      onSuccess: (session) => resolve({ session }),
      onFailure: (error) => resolve({ error }),
      newPasswordRequired: () =>
        resolve({
          newPassword: (chosen) =>
            new Promise((onSuccess, onFailure) => {
              user.completeNewPasswordChallenge(chosen, {}, { onSuccess, onFailure });
            }),
        }),
    });
  });
}

test.each([
  ['with the right password', alice.username, alice.password, 'alice'],
  ['by an e-mail alias', 'alice@example.org', alice.password, 'alice'],
  ['with name and password outside ASCII', elsewhere.username, elsewhere.password, elsewhere.username],
])('signs in %s', async (_title, username, password, canonical) => {
  const { session, error } = await authenticate(username, password);
  expect(error).toBeUndefined();
  expect(session?.isValid()).toBe(true);
  expect(session?.getAccessToken().payload['username']).toBe(canonical);
  expect(session?.getIdToken().payload['cognito:username']).toBe(canonical);
  expect(session?.getRefreshToken().getToken()).toMatch(/^eyJjdHkiOiJKV1Qi/);
});

test('is refused with a wrong password', async () => {
  const { session, error } = await authenticate(alice.username, 'Wrong-Horse-9');
  expect(session).toBeUndefined();
  expect(error).toMatchObject({
    code: 'NotAuthorizedException',
    name: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
});

test('is refused as an unknown user', async () => {
  const { error } = await authenticate('nobody', 'Wrong-Horse-9');
  expect(error).toMatchObject({ code: 'UserNotFoundException', message: 'User does not exist.' });
});

test('chooses a new password, and signs in with it', async () => {
  const { newPassword } = await authenticate('invited', 'Temporary-9');
  const session = await newPassword?.('Chosen-Horse-9');
  expect(session?.isValid()).toBe(true);
  expect((await authenticate('invited', 'Chosen-Horse-9')).session?.isValid()).toBe(true);
  expect((await authenticate('invited', 'Temporary-9')).error).toMatchObject({
    code: 'NotAuthorizedException',
  });
});

test("both tokens verify against the pool's JWKS, each by its own key", async () => {
  const { session } = await authenticate(alice.username, alice.password);
  if (!session) throw new Error('Not signed in');
  const keys = createRemoteJWKSet(new URL(`${listening.endpoint}/${pool.userPoolId}/.well-known/jwks.json`));
  const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123';
  const access = await jwtVerify(session.getAccessToken().getJwtToken(), keys, { issuer });
  expect(access.payload).toMatchObject({ client_id: 'web', token_use: 'access', username: 'alice' });
  const id = await jwtVerify(session.getIdToken().getJwtToken(), keys, { issuer, audience: 'web' });
  expect(id.payload).toMatchObject({ token_use: 'id', email: 'alice@example.org' });
  expect(access.protectedHeader.kid).not.toBe(id.protectedHeader.kid);

  const [head, body, signature = ''] = session.getIdToken().getJwtToken().split('.');
  const altered = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  await expect(jwtVerify(altered, keys)).rejects.toMatchObject({
    code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  });
});
