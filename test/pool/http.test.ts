import { createUserPool } from '../../src/pool/index.ts';
import { alice } from '../support/client.ts';
import { call, initiate, prepare, respond } from '../support/pool-calls.ts';

const pool = createUserPool({ users: [alice] });
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

test('a success has the headers of the service', async () => {
  const { status, headers } = await initiate(pool, { USERNAME: 'alice', SRP_A: '2' });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
  expect(headers.get('x-amzn-requestid')).toMatch(UUID);
  expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
  expect(headers.get('x-amzn-errortype')).toBeNull();
});

test('a refusal has its name with a colon in the header, and bare in the body', async () => {
  const { status, headers, body } = await initiate(pool, { USERNAME: 'nobody', SRP_A: '2' });
  expect(status).toBe(400);
  expect(headers.get('x-amzn-errortype')).toBe('UserNotFoundException:');
  expect(headers.get('x-amzn-errormessage')).toBe('User does not exist.');
  expect(headers.get('x-amzn-requestid')).toMatch(UUID);
  expect(JSON.stringify(body)).toBe('{"__type":"UserNotFoundException","message":"User does not exist."}');
});

test('every reply has a request id of its own', async () => {
  const ids = await Promise.all(
    [1, 2, 3].map(async () => (await initiate(pool, {})).headers.get('x-amzn-requestid')),
  );
  expect(new Set(ids).size).toBe(3);
});

describe('CORS', () => {
  const origin = { origin: 'https://app.example.org' };
  const ask = (AuthParameters: object, headers = {}) =>
    call(pool, 'InitiateAuth', { ClientId: 'web', AuthFlow: 'USER_SRP_AUTH', AuthParameters }, headers);

  test.each([
    ['a success', { USERNAME: 'alice', SRP_A: '2' }, 200],
    ['a refusal', { USERNAME: 'nobody', SRP_A: '2' }, 400],
  ])('%s has its headers with Origin, and none without', async (_title, parameters, status) => {
    const asked = await ask(parameters, origin);
    expect(asked.status).toBe(status);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-expose-headers')).toBe(
      'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
    );
    const plain = await ask(parameters);
    expect([...plain.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('a preflight allows the headers it asks for, for two days', async () => {
    const response = await pool.fetch('http://127.0.0.1/', {
      method: 'OPTIONS',
      headers: {
        ...origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-amz-target,cache-control',
      },
    });
    expect(response.ok).toBe(true);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    const allowed = response.headers.get('access-control-allow-headers')?.split(/, */);
    expect(allowed).toEqual(expect.arrayContaining(['content-type', 'x-amz-target', 'cache-control']));
    expect(response.headers.get('access-control-max-age')).toBe('172800');
  });
});

test('a wrong Authorization header is ignored', async () => {
  const input = {
    ClientId: 'web',
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: 'alice', SRP_A: '2' },
  };
  expect(
    (await call(pool, 'InitiateAuth', input, { authorization: 'AWS4-HMAC-SHA256 rubbish' })).status,
  ).toBe(200);
});

test.each(['ClientId', 'AuthFlow'])('without %s: a validation error that names it', async (name) => {
  const input = { ClientId: 'web', AuthFlow: 'USER_SRP_AUTH', AuthParameters: {}, [name]: undefined };
  const { status, body } = await call(pool, 'InitiateAuth', input);
  expect(status).toBe(400);
  expect(body.__type).toBe('InvalidParameterException');
  expect(body.message).toBe(
    `1 validation error detected: Value null at '${name[0]?.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
});

test('unknown keys in an answer are ignored', async () => {
  const { responses, ephemeral } = await prepare(pool, alice.username, alice.password);
  const { body } = await respond(pool, { ...responses, SRP_A: ephemeral.SRP_A, SOMETHING: 'else' });
  expect(body.AuthenticationResult).toBeDefined();
});

test('listens on a port, serves what fetch serves, and stops', async () => {
  const listening = await pool.listen();
  expect(listening.endpoint).toBe(`http://127.0.0.1:${listening.port}`);
  const url = `${listening.endpoint}/${pool.userPoolId}/.well-known/jwks.json`;
  try {
    const over = await (await fetch(url)).json();
    expect(over).toEqual(await (await pool.fetch(url)).json());
    expect((await fetch(`${listening.endpoint}/nowhere`)).status).toBe(404);
  } finally {
    await listening.close();
  }
  await expect(fetch(url)).rejects.toThrow();
});
