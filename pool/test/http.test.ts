/** Replies have the headers and statuses of the service, by `fetch` and over a port. */
import { connect } from 'node:net';
import { alice } from '../../test/support/client.ts';
import { call, initiate, prepare, respond } from '../../test/support/pool-calls.ts';
import { createUserPool } from '../src/index.ts';

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

test.each(['ClientId', 'AuthFlow'])(
  'an input without %s gets a validation error that names it',
  async (name) => {
    const input = { ClientId: 'web', AuthFlow: 'USER_SRP_AUTH', AuthParameters: {}, [name]: undefined };
    const { status, body } = await call(pool, 'InitiateAuth', input);
    expect(status).toBe(400);
    expect(body.__type).toBe('InvalidParameterException');
    expect(body.message).toBe(
      `1 validation error detected: Value null at '${name[0]?.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
    );
  },
);

test.each(['', '{', 'null', '7', '[]'])('the body %j is refused', async (body) => {
  expect(await call(pool, 'InitiateAuth', body)).toMatchObject({
    status: 400,
    body: { __type: 'SerializationException' },
  });
});

test('a refusal that is long has all of its text in the body, and its beginning in the header', async () => {
  const long = 'a'.repeat(100_000);
  const input = { ClientId: 'web', Username: 'bob', ConfirmationCode: long };
  const { body, headers } = await call(pool, 'ConfirmSignUp', input);
  expect(body.message).toContain(long);
  expect(headers.get('x-amzn-errormessage')).toBe(body.message?.slice(0, 1024));
});

test('unknown keys in an answer are ignored', async () => {
  const { responses, ephemeral } = await prepare(pool, alice.username, alice.password);
  const { body } = await respond(pool, { ...responses, SRP_A: ephemeral.SRP_A, SOMETHING: 'else' });
  expect(body.AuthenticationResult).toBeDefined();
});

describe('over a port', () => {
  let listening: Awaited<ReturnType<typeof pool.listen>>;
  beforeAll(async () => {
    listening = await pool.listen();
  });
  afterAll(() => listening.close());

  const ask = (AuthParameters: object, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${listening.endpoint}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
        ...headers,
      },
      body: JSON.stringify({ ClientId: 'web', AuthFlow: 'USER_SRP_AUTH', AuthParameters }),
    });
  const COMMON = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'x-amzn-requestid'];
  const CORS = ['access-control-allow-origin', 'access-control-expose-headers'];
  const REFUSAL = ['x-amzn-errormessage', 'x-amzn-errortype'];
  const success = { USERNAME: 'alice', SRP_A: '2' };
  const refusal = { USERNAME: 'nobody', SRP_A: '2' };

  test.each<[string, object, Readonly<Record<string, string>>, readonly string[]]>([
    ['a success', success, {}, COMMON],
    ['a success for a browser', success, { origin: 'https://app.example.org' }, [...COMMON, ...CORS]],
    ['a refusal', refusal, {}, [...COMMON, ...REFUSAL]],
  ])('%s has the headers of the service, and no others', async (_, parameters, headers, names) => {
    const response = await ask(parameters, headers);
    expect([...response.headers.keys()].sort()).toEqual([...names].sort());
    // In bytes, not chunked
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  });

  test('the length of a text beyond ASCII is that of its bytes', async () => {
    pool.users.add({ username: 'Zoë-山田', password: alice.password });
    const response = await ask({ USERNAME: 'Zoë-山田', SRP_A: '2' });
    expect(await response.json()).toMatchObject({ ChallengeParameters: { USERNAME: 'Zoë-山田' } });
  });

  test.each([
    ['127.0.0.1', true],
    ['127.0.0.2', false],
    ['::1', false],
  ])('it listens on 127.0.0.1 alone: %s', async (host, listens) => {
    const connected = await new Promise<boolean>((done) => {
      const socket = connect({ host, port: listening.port, timeout: 2000 });
      const end = (is: boolean) => () => {
        socket.destroy();
        done(is);
      };
      socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
    });
    expect(connected).toBe(listens);
  });

  test('a request of a megabyte is read, and one byte more is not', async () => {
    const send = (bytes: number) =>
      fetch(`${listening.endpoint}/`, { method: 'POST', body: 'x'.repeat(bytes) });
    const MAX = 1024 * 1024;
    const read = await send(MAX);
    expect([read.status, ((await read.json()) as { __type: string }).__type]).toEqual([
      400,
      'UnknownOperationException',
    ]);
    // The connection ends with the refusal, which the sender may not live to read
    const refused = await send(MAX + 1).then(
      ({ status }) => status,
      (error: Error) => error.name,
    );
    expect([413, 'TypeError']).toContain(refused);
    expect((await ask(success)).status).toBe(200);
  });

  test.each([
    ['PUT', '/', 405],
    ['GET', '//elsewhere', 400],
  ])('%s %s is %i, with nothing in it', async (method, path, status) => {
    const socket = connect(listening.port, '127.0.0.1');
    socket.end(`${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    let reply = '';
    for await (const chunk of socket) reply += chunk;
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(reply).toMatch(/\r\ncontent-length: 0\r\n/i);
  });

  test.each<[string, readonly string[], number]>([
    ['a Content-Length beside Transfer-Encoding', ['Content-Length: 5', 'Transfer-Encoding: chunked'], 400],
    ['two Content-Lengths', ['Content-Length: 5', 'Content-Length: 6'], 400],
    ['a space before the colon of Transfer-Encoding', ['Transfer-Encoding : chunked'], 400],
    ['a header of 20 KB', [`X: ${'x'.repeat(20_000)}`], 431],
  ])('a request with %s is refused once, and nothing behind it is answered', async (_, lines, status) => {
    const socket = connect(listening.port, '127.0.0.1');
    const head = ['POST / HTTP/1.1', 'Host: 127.0.0.1', ...lines];
    // The client ends nothing, so it is the pool that closes the connection
    socket.write(`${head.join('\r\n')}\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    let reply = '';
    for await (const chunk of socket) reply += chunk;
    expect(reply.match(/HTTP\/1\.1 \d{3}/g)).toEqual([`HTTP/1.1 ${status}`]);
  });
});

test('a pool can be closed twice', async () => {
  const { close } = await pool.listen();
  await Promise.all([close(), close()]);
  await expect(close()).resolves.toBeUndefined();
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
