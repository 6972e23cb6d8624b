/** A page of another site cannot administer the pool through the browser of a developer. */
import { createUserPool } from '../src/index.ts';
import { SIGNED } from './admin-calls.ts';
import { createWire, PASSWORD } from './wire.ts';

const list = (origin: string | undefined, host = '127.0.0.1:9229', allowedHosts: readonly string[] = []) =>
  createUserPool({ allowedHosts, users: [{ username: 'alice', password: PASSWORD }] }).fetch(
    `http://${host}/`,
    {
      method: 'POST',
      headers: {
        ...SIGNED,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.ListUsers',
        ...(origin !== undefined && { origin }),
      },
      body: JSON.stringify({ UserPoolId: 'us-east-1_LocalPool' }),
    },
  );

test.each(['https://evil.example', 'http://evil.example:9229', 'null'])('from %s: 403', async (origin) => {
  const response = await list(origin);
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ __type: 'ForbiddenException' });
});

test.each([undefined, 'http://localhost:5173', 'http://127.0.0.1:9229'])('from %s: 200', async (origin) => {
  expect((await list(origin)).status).toBe(200);
});

test('a program reaches it by any host name, and a page of an allowed host may', async () => {
  expect((await list(undefined, 'pool:9229')).status).toBe(200);
  expect((await list('http://pool:8080', 'pool:9229', ['pool'])).status).toBe(200);
});

test('sign-ins are open to pages of every origin', async () => {
  const { call } = createWire();
  const input = {
    ClientId: 'web',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'alice', PASSWORD },
  };
  expect((await call('InitiateAuth', input, { origin: 'https://app.example' })).status).toBe(200);
});
