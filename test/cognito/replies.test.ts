/** A reply that is not an answer is a ProtocolError, and a refusal is a ServiceError. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ChallengeStep,
  forgotPassword,
  getDevice,
  getUser,
  ProtocolError,
  parseChallenge,
  passkeyCreation,
  passkeyRequest,
  refreshTokens,
  ServiceError,
  signIn,
  signUp,
  verifySoftwareToken,
} from '../../src/index.ts';
import { alice, client, recorder, refusal, withServer } from '../support/client.ts';
import { errorOf, expectNoSecret } from '../support/secrets.ts';
import { withGlobal } from '../support/with-global.ts';

const clientSecret = 'client-secret-of-the-app';
const secrets = [alice.password, clientSecret];
const once1 = { maxAttempts: 1 };

/** Signs in to a server on loopback that answers every request with `listener`. */
const attempt = (
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  options: object = once1,
) =>
  withServer(listener, async (endpoint) => {
    const error = await errorOf(() => signIn({ ...client, clientSecret, endpoint }, alice, options));
    expectNoSecret(error, secrets);
    return error;
  });

const reply =
  (status: number, body: string, headers: Record<string, string> = {}) =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'x-amzn-RequestId': 'request-7', ...headers }).end(body);
  };
const json = (value: unknown) => JSON.stringify(value);

describe('a reply that is not an answer is a ProtocolError', () => {
  const inBody = 'eyJhbGciOi-token-in-the-body';
  test.each<[string, number, string, string]>([
    ['HTML', 200, `<html>${inBody}</html>`, 'BODY_NOT_JSON'],
    ['HTML with 502', 502, '<html>Bad Gateway</html>', 'BODY_NOT_JSON'],
    ['an empty body with 200', 200, '', 'REPLY_MALFORMED'],
    ['an empty body with 400', 400, '', 'BODY_NOT_JSON'],
    ['truncated JSON', 200, `{"AuthenticationResult":{"AccessToken":"${inBody}`, 'BODY_NOT_JSON'],
    ['a JSON array', 200, '[]', 'REPLY_MALFORMED'],
    ['a JSON text', 200, `"${inBody}"`, 'REPLY_MALFORMED'],
    ['JSON null', 200, 'null', 'REPLY_MALFORMED'],
    ['neither challenge nor tokens', 200, '{}', 'REPLY_MALFORMED'],
    ['ChallengeParameters alone', 200, json({ ChallengeParameters: {} }), 'REPLY_MALFORMED'],
    ['a ChallengeName that is no text', 200, json({ ChallengeName: 7 }), 'REPLY_MALFORMED'],
    [
      'ChallengeParameters that are no map',
      200,
      json({ ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: 'x' }),
      'REPLY_MALFORMED',
    ],
    ['a Session that is no text', 200, json({ ChallengeName: 'SMS_MFA', Session: 7 }), 'REPLY_MALFORMED'],
    [
      'tokens without AccessToken',
      200,
      json({ AuthenticationResult: { IdToken: inBody } }),
      'REPLY_MALFORMED',
    ],
    [
      'an empty AccessToken',
      200,
      json({ AuthenticationResult: { AccessToken: '', IdToken: inBody } }),
      'REPLY_MALFORMED',
    ],
    [
      'an AuthenticationResult that is no object',
      200,
      json({ AuthenticationResult: inBody }),
      'REPLY_MALFORMED',
    ],
    ['HTTP 400 that names no exception', 400, json({ message: 'no' }), 'REPLY_MALFORMED'],
    ['HTTP 201', 201, json({ message: 'no' }), 'REPLY_MALFORMED'],
  ])('%s', async (_title, status, body, code) => {
    const error = await attempt(reply(status, body));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ name: 'ProtocolError', code, operation: 'InitiateAuth' });
    expectNoSecret(error, [inBody]);
  });

  test.each([
    ['HTML with 403, of a firewall', 403, {}, 'FIREWALL_REFUSED', 'fix-configuration'],
    ['HTML with 429, of a gateway', 429, {}, 'THROTTLED', 'try-later'],
    [
      'no body, but a named exception',
      400,
      { 'x-amzn-ErrorType': 'TooManyRequestsException:' },
      'THROTTLED',
      'try-later',
    ],
  ])('%s is what the service said, not a broken reply', async (_, status, headers, code, recovery) => {
    const body = Object.keys(headers).length > 0 ? '' : `<html>${inBody}</html>`;
    const error = await attempt((_request, response) => void response.writeHead(status, headers).end(body));
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ code, recovery, status });
    expectNoSecret(error, [inBody]);
  });

  test.each([
    ['HTML', 404, '<html>', 'the reply (HTTP 404) is not JSON'],
    ['a JSON array', 200, '[]', 'the reply must be a JSON object'],
    ['HTTP 201', 201, '{}', "HTTP 201 without an exception's name"],
    ['HTTP 300', 300, '{}', 'a redirect (HTTP 300) is not followed'],
  ])('%s: the message says what is wrong', async (_title, status, body, text) => {
    expect((await attempt(reply(status, body))).message).toBe(`InitiateAuth: ${text}`);
  });

  test('the name of an exception in a reply with 200 is not a refusal', async () => {
    const error = await attempt(reply(200, json({ __type: 'NotAuthorizedException', message: 'no' })));
    expect(error).toMatchObject({ name: 'ProtocolError', code: 'REPLY_MALFORMED' });
  });

  test('a service that cannot be reached is named as such, with the cause', async () => {
    const cause = new TypeError('fetch failed');
    const fetch = () => Promise.reject(cause);
    const error = await errorOf(() => signIn(client, alice, { fetch, ...once1 }));
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', operation: 'InitiateAuth', cause });
    expect(error.message).toBe('InitiateAuth: the service could not be reached');
  });

  test('a redirect as browsers show it is not followed', async () => {
    const opaque = { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null };
    const error = await errorOf(() =>
      signIn(client, alice, { ...once1, fetch: async () => opaque as Response }),
    );
    expect(error).toMatchObject({ code: 'REPLY_MALFORMED', message: expect.stringContaining('redirect') });
  });

  test('says status, request id and the way on where the body is not JSON', async () => {
    expect(await attempt(reply(404, '<html>'))).toMatchObject({
      code: 'BODY_NOT_JSON',
      status: 404,
      requestId: 'request-7',
      recovery: 'try-later',
    });
  });

  test('names the field that is malformed', async () => {
    const error = await attempt(reply(200, json({ AuthenticationResult: { IdToken: 'x' } })));
    expect(error).toMatchObject({ field: 'AccessToken', recovery: 'start-again' });
  });

  test('a redirect is not followed', async () => {
    const paths: (string | undefined)[] = [];
    const error = await attempt((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: '/elsewhere', 'x-amzn-RequestId': 'request-7' }).end();
    });
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'REPLY_MALFORMED', status: 307, requestId: 'request-7' });
    expect(paths).toEqual(['/']);
  });

  test('a connection that breaks before the reply', async () => {
    const error = await attempt((request) => void request.socket.destroy());
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', recovery: 'try-later' });
    expect((error as ProtocolError).status).toBeUndefined();
    expect(error.cause).toMatchObject({ name: 'TypeError' });
  });

  test('a connection that breaks within the reply', async () => {
    const error = await attempt((_request, response) => {
      response.writeHead(200, { 'content-length': '1000', 'x-amzn-RequestId': 'request-7' });
      response.write('{"AuthenticationResult":', () => response.destroy());
    });
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', status: 200, requestId: 'request-7' });
  });

  test('a port where nobody listens', async () => {
    const endpoint = await withServer(
      () => {},
      async (address) => address,
    );
    const error = await errorOf(() => signIn({ ...client, endpoint }, alice, once1));
    expect(error).toMatchObject({ name: 'ProtocolError', code: 'NETWORK_FAILED', recovery: 'try-later' });
  });

  test.each([
    ['no reply at all', () => {}],
    [
      'a reply that never ends',
      (_request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200);
        response.write('{"a":');
      },
    ],
    [
      'a reply that drips',
      (_request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 10);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('%s: the time limit ends it', async (_title, listener) => {
    const hungUp: Promise<unknown>[] = [];
    await withServer(
      (request, response) => {
        hungUp.push(once(response, 'close'));
        listener(request, response);
      },
      async (endpoint) => {
        const error = await errorOf(() => signIn({ ...client, endpoint }, alice, { timeoutMs: 1000 }));
        expect(error).toBeInstanceOf(ProtocolError);
        expect(error).toMatchObject({ code: 'TIMED_OUT', operation: 'InitiateAuth', recovery: 'try-later' });
        expectNoSecret(error, secrets);
        // The client hangs up: else this waits until the test's own time limit
        expect(hungUp).toHaveLength(1);
        await Promise.all(hungUp);
      },
    );
  });
});

describe('a body of 50 MB is not read', () => {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const SIZE = 50 * 1024 * 1024;

  /** Sends until everything is sent or the client has gone; counts what the socket took. */
  async function flood(response: ServerResponse): Promise<number> {
    let written = 0;
    while (written < SIZE && !response.destroyed) {
      written += chunk.length;
      if (!response.write(chunk)) {
        await new Promise<void>((resolve) => {
          const go = () => {
            response.off('drain', go).off('close', go);
            resolve();
          };
          response.on('drain', go).on('close', go);
        });
      }
    }
    return written;
  }

  test.each([
    ['with Content-Length', { 'content-length': String(SIZE) }],
    ['in chunks', {}],
  ])('%s', async (_title, headers) => {
    let sent: Promise<number> | undefined;
    const error = await attempt((_request, response) => {
      response.writeHead(200, { 'x-amzn-RequestId': 'request-7', ...headers });
      sent = flood(response);
    });
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'BODY_TOO_LARGE', status: 200, requestId: 'request-7' });
    // What the sockets' buffers take goes on top of the limit of 1 MB
    expect(await sent).toBeLessThan(12 * 1024 * 1024);
    expect(await sent).toBeGreaterThan(0);
  });
});

describe('a body of up to 1 MB is read', () => {
  test('900 KB', async () => {
    const error = await attempt(reply(200, json({ ChallengeParameters: 'x'.repeat(900 * 1024) })));
    expect(error).toMatchObject({ code: 'REPLY_MALFORMED', field: 'ChallengeParameters' });
  });

  describe.each<[string, (text: string) => Response]>([
    ['where fetch can stream', (text) => new Response(text)],
    [
      'where fetch cannot stream',
      (text) => ({ status: 200, headers: new Headers(), body: null, text: async () => text }) as Response,
    ],
  ])('%s', (_title, responseOf) => {
    test.each([
      ['1 MB', 2 ** 20, 'REPLY_MALFORMED'],
      ['a byte more, which is refused', 2 ** 20 + 1, 'BODY_TOO_LARGE'],
    ])('%s', async (_name, length, code) => {
      const { fetch } = recorder(() => responseOf('{}'.padEnd(length)));
      const error = await errorOf(() => signIn(client, alice, { fetch, ...once1 }));
      expect(error).toMatchObject({ code });
    });
  });
});

describe('the text of a body', () => {
  test('is decoded by fetch where there is no TextDecoder', async () => {
    const { fetch } = recorder(() => refusal('UserNotFoundException', 'Benützer'));
    const error = await withGlobal('TextDecoder', undefined, () =>
      errorOf(() => signIn(client, alice, { fetch, ...once1 })),
    );
    expect(error).toMatchObject({ name: 'UserNotFoundException', message: 'Benützer' });
  });

  test('may have a character that the end of a chunk cuts', async () => {
    const bytes = new TextEncoder().encode(json({ __type: 'UserNotFoundException', message: 'Benützer' }));
    const cut = bytes.indexOf(0xc3) + 1;
    const body = new ReadableStream({
      start: (controller) => {
        for (const chunk of [bytes.subarray(0, cut), bytes.subarray(cut)]) controller.enqueue(chunk);
        controller.close();
      },
    });
    const { fetch } = recorder(() => new Response(body, { status: 400 }));
    const error = await errorOf(() => signIn(client, alice, { fetch, ...once1 }));
    expect(error).toMatchObject({ message: 'Benützer' });
  });
});

describe('a refusal is a ServiceError', () => {
  const denied = 'Incorrect username or password.';
  const noMessage = 'The service refused InitiateAuth and gave no message';
  const wrong = { name: 'NotAuthorizedException', code: 'INCORRECT_USERNAME_OR_PASSWORD', message: denied };

  test.each<[string, number, Record<string, string>, object, object]>([
    [
      'x-amzn-ErrorType with its colon',
      400,
      { 'x-amzn-ErrorType': 'NotAuthorizedException:' },
      { message: denied },
      { ...wrong, recovery: 'start-again' },
    ],
    [
      'x-amzn-ErrorType with a URL behind',
      400,
      { 'x-amzn-ErrorType': 'NotAuthorizedException:http://internal.amazon.com/coral/' },
      { message: denied },
      wrong,
    ],
    ['__type', 400, {}, { __type: 'NotAuthorizedException', message: denied }, wrong],
    [
      '__type with a namespace',
      400,
      {},
      { __type: 'com.amazonaws.cognitoidp#NotAuthorizedException', message: denied },
      wrong,
    ],
    ['code', 400, {}, { code: 'NotAuthorizedException', message: denied }, wrong],
    ['blanks around the name', 400, {}, { __type: ' NotAuthorizedException ', message: denied }, wrong],
    ['Message with a capital', 400, {}, { __type: 'NotAuthorizedException', Message: denied }, wrong],
    [
      'the header wins over the body',
      400,
      { 'x-amzn-ErrorType': 'NotAuthorizedException:' },
      { __type: 'UserNotFoundException', code: 'UserNotFoundException', message: denied },
      wrong,
    ],
    [
      'code wins over __type',
      400,
      {},
      { __type: 'UserNotFoundException', code: 'NotAuthorizedException', message: denied },
      wrong,
    ],
    [
      'no message',
      400,
      {},
      { __type: 'NotAuthorizedException' },
      { name: 'NotAuthorizedException', code: 'REFUSED', message: noMessage },
    ],
    [
      'a message that is no text',
      400,
      {},
      { __type: 'NotAuthorizedException', message: { a: 1 } },
      { name: 'NotAuthorizedException', code: 'REFUSED' },
    ],
    [
      'the status of the model instead of 400',
      404,
      {},
      { __type: 'UserNotFoundException', message: 'User does not exist.' },
      { code: 'USER_NOT_FOUND' },
    ],
    [
      'JSON with 403 from a firewall',
      403,
      {},
      { message: 'Forbidden' },
      { code: 'FIREWALL_REFUSED', name: 'ForbiddenException', recovery: 'fix-configuration' },
    ],
    [
      '429 without a name',
      429,
      {},
      { message: 'slow down' },
      { code: 'THROTTLED', name: 'TooManyRequestsException', recovery: 'try-later' },
    ],
    [
      '500 without a name',
      500,
      {},
      {},
      { code: 'INTERNAL_ERROR', name: 'InternalErrorException', recovery: 'try-later' },
    ],
    [
      'an exception that nobody knows',
      400,
      {},
      { __type: 'BrandNewException', message: 'new' },
      { code: 'REFUSED', name: 'BrandNewException', message: 'new' },
    ],
  ])('%s', async (_title, status, headers, body, expected) => {
    const error = await attempt(reply(status, json(body), headers));
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({
      operation: 'InitiateAuth',
      status,
      requestId: 'request-7',
      ...expected,
    });
  });

  test('the answer to the challenge is refused: the operation says so', async () => {
    const { fetch } = recorder(({ operation }) =>
      operation === 'InitiateAuth'
        ? new Response(
            json({
              ChallengeName: 'PASSWORD_VERIFIER',
              ChallengeParameters: {
                SRP_B: 'a1',
                SALT: 'b2',
                SECRET_BLOCK: 'AAAA',
                USER_ID_FOR_SRP: 'alice',
              },
            }),
          )
        : refusal('NotAuthorizedException', denied),
    );
    const error = await errorOf(() => signIn(client, alice, { fetch }));
    expect(error).toMatchObject({ ...wrong, operation: 'RespondToAuthChallenge', requestId: 'request-7' });
    expectNoSecret(error, secrets);
  });
});

test('a challenge with an unknown name is handed to the caller with its parameters', async () => {
  const Session = 's'.repeat(30);
  const body = {
    ChallengeName: 'RETINA_SCAN',
    ChallengeParameters: { EYE: 'left', USER_ID_FOR_SRP: 'canonical' },
    Session,
    AvailableChallenges: ['RETINA_SCAN', 'PASSWORD'],
  };
  const { fetch, operations } = recorder(() => new Response(json(body)));
  expect(await signIn(client, alice, { fetch })).toEqual({
    status: 'challenge',
    challenge: {
      version: 1,
      name: 'UNKNOWN',
      challengeName: 'RETINA_SCAN',
      username: 'canonical',
      userPoolId: client.userPoolId,
      clientId: client.clientId,
      session: Session,
      expiresAt: expect.any(Number),
      parameters: body.ChallengeParameters,
      availableChallenges: body.AvailableChallenges,
    },
  });
  expect(operations()).toEqual(['InitiateAuth']);
});

test('null members count as absent', async () => {
  const { fetch } = recorder(
    () =>
      new Response(
        json({
          ChallengeName: null,
          ChallengeParameters: null,
          Session: null,
          AuthenticationResult: { AccessToken: 'access', IdToken: 'id', ExpiresIn: 60 },
        }),
      ),
  );
  expect(await signIn(client, alice, { fetch })).toEqual({
    status: 'signed-in',
    username: 'alice',
    tokens: {
      accessToken: 'access',
      idToken: 'id',
      refreshToken: undefined,
      expiresIn: 60,
      expiresAt: expect.any(Number),
      tokenType: 'Bearer',
    },
  });
});

describe('a reply of another server that has one meaning is taken:', () => {
  const now = Date.UTC(2031, 0, 2, 3, 4, 5);
  const token = (claims: object) =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
  const ending = token({ username: 'alice', exp: now / 1000 + 900 });

  /** Signs in where the service answers at once with these tokens. */
  const tokensOf = async (result: object, headers: Record<string, string> = {}) => {
    const fetch = async () => Response.json({ AuthenticationResult: result }, { headers });
    const step = await signIn(client, alice, { fetch, now: () => now });
    if (step.status !== 'signed-in') throw new Error('Tokens were expected');
    return step.tokens;
  };

  test.each<[string, object, number]>([
    ['ExpiresIn as a text', { AccessToken: 'a', ExpiresIn: '3600' }, 3600],
    ['ExpiresIn as a text beside exp', { AccessToken: ending, ExpiresIn: '3600' }, 3600],
    ['no ExpiresIn: exp of the access token', { AccessToken: ending }, 900],
    ['an empty ExpiresIn', { AccessToken: ending, ExpiresIn: '' }, 900],
    ['no ExpiresIn, and a token that has ended', { AccessToken: token({ exp: 1 }) }, 0],
    ['no ExpiresIn, and exp that is not a number', { AccessToken: token({ exp: 'soon' }) }, 0],
    ['neither ExpiresIn nor a JWT', { AccessToken: 'opaque' }, 0],
  ])('%s', async (_, result, expiresIn) => {
    expect(await tokensOf(result)).toMatchObject({ expiresIn, expiresAt: now + expiresIn * 1000 });
  });

  test("exp is compared with the service's clock if the reply tells it", async () => {
    const date = new Date(now + 600_000).toUTCString();
    expect(await tokensOf({ AccessToken: ending }, { date })).toMatchObject({
      expiresIn: 300,
      expiresAt: now + 300_000,
    });
  });

  test('a refresh without ExpiresIn takes exp, by the same clocks', async () => {
    const headers = { date: new Date(now + 600_000).toUTCString() };
    const fetch = async () => Response.json({ AuthenticationResult: { AccessToken: ending } }, { headers });
    const tokens = await refreshTokens(client, { refreshToken: 'r' }, { fetch, now: () => now });
    expect(tokens).toMatchObject({ expiresIn: 300, expiresAt: now + 300_000, refreshToken: 'r' });
  });

  test.each(['soon', '-5', '0', ' 60', '0x10', '1e3', 0, -5, true])(
    'ExpiresIn %j has no meaning',
    async (ExpiresIn) => {
      const error = await errorOf(() => tokensOf({ AccessToken: ending, ExpiresIn }));
      expect(error).toMatchObject({ code: 'REPLY_MALFORMED', field: 'ExpiresIn' });
    },
  );

  test('empty texts count as absent', async () => {
    const empty = { IdToken: '', RefreshToken: '', TokenType: '', NewDeviceMetadata: '' };
    expect(await tokensOf({ AccessToken: 'a', ExpiresIn: 60, ...empty })).toEqual({
      accessToken: 'a',
      idToken: '',
      refreshToken: undefined,
      expiresIn: 60,
      expiresAt: now + 60_000,
      tokenType: 'Bearer',
    });
  });

  test('an empty Session is no Session', async () => {
    const fetch = async () =>
      Response.json({ ChallengeName: 'SMS_MFA', Session: '', ChallengeParameters: '' });
    const step = await signIn(client, alice, { fetch });
    expect(step).toMatchObject({ status: 'challenge', challenge: { name: 'SMS_MFA', parameters: {} } });
    expect(step.status === 'challenge' && 'session' in step.challenge).toBe(false);
  });

  test.each(['IdToken', 'RefreshToken', 'TokenType'])('%s that is no text stays malformed', async (name) => {
    const error = await errorOf(() => tokensOf({ AccessToken: 'a', [name]: 7 }));
    expect(error).toMatchObject({ code: 'REPLY_MALFORMED', field: name });
  });

  test('NEW_PASSWORD_REQUIRED with empty texts requires nothing and knows nothing', async () => {
    const ChallengeParameters = { requiredAttributes: '', userAttributes: '' };
    const fetch = async () => Response.json({ ChallengeName: 'NEW_PASSWORD_REQUIRED', ChallengeParameters });
    const { challenge } = (await signIn(client, alice, { fetch })) as ChallengeStep;
    expect(challenge).toMatchObject({ requiredAttributes: [], userAttributes: {} });
    expect(parseChallenge(JSON.stringify(challenge))).toEqual(challenge);
  });

  test('WEB_AUTHN with an empty text stays malformed, because a passkey needs its options', async () => {
    const ChallengeParameters = { CREDENTIAL_REQUEST_OPTIONS: '' };
    const fetch = async () => Response.json({ ChallengeName: 'WEB_AUTHN', ChallengeParameters });
    const error = await errorOf(() => signIn(client, alice, { fetch }));
    expect(error).toMatchObject({ code: 'CHALLENGE_PARAMETER_INVALID', field: 'CREDENTIAL_REQUEST_OPTIONS' });
  });
});

describe('lists in a reply whose members are not objects', () => {
  const answering = (output: object) => recorder(() => Response.json(output));
  const token = { accessToken: 'a' };

  test.each([
    ['null', null],
    ['a text', 'email'],
    ['a list', ['email', 'a@b.example']],
    ['no Name', { Value: 'a@b.example' }],
    ['a Name that is no text', { Name: 7, Value: 'a@b.example' }],
  ])('attributes: %s is left out', async (_, attribute) => {
    const list = [attribute, { Name: 'sub', Value: 's' }, { Name: 'locale' }, { Name: 'n', Value: 5 }];
    const expected = { sub: 's', locale: '', n: '5' };
    const user = await getUser(client, token, answering({ Username: 'alice', UserAttributes: list }));
    expect(user.attributes).toEqual(expected);
    const Device = { DeviceKey: 'k', DeviceAttributes: list };
    const device = await getDevice(client, { ...token, deviceKey: 'k' }, answering({ Device }));
    expect(device.attributes).toEqual(expected);
  });

  test.each([null, 'x', {}, { id: 7 }])('passkeys: %j is malformed, by the name of its list', (member) => {
    for (const list of ['allowCredentials', 'excludeCredentials']) {
      const convert = list === 'allowCredentials' ? passkeyRequest : passkeyCreation;
      expect(() => convert({ challenge: 'AAAA', user: { id: 'AAAA' }, [list]: [member] })).toThrow(
        expect.objectContaining({ code: 'CHALLENGE_PARAMETER_INVALID', field: `${list}.id` }),
      );
    }
  });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, 'yesterday', null])(
  'a transport whose date is %p tells none: the local clock counts',
  async (date) => {
    const now = Date.UTC(2031, 0, 2, 3, 4, 5);
    const stamps: unknown[] = [];
    const transport = async (operation: string, input: object) => {
      if (operation !== 'InitiateAuth') {
        stamps.push((input as { ChallengeResponses: { TIMESTAMP: string } }).ChallengeResponses.TIMESTAMP);
        return { AuthenticationResult: { AccessToken: 'a' }, $metadata: { date } };
      }
      const ChallengeParameters = {
        SRP_B: 'a1',
        SALT: 'ab',
        SECRET_BLOCK: 'c2VjcmV0',
        USER_ID_FOR_SRP: 'alice',
      };
      return { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters, $metadata: { date } };
    };
    await expect(signIn(client, alice, { transport, now: () => now })).resolves.toMatchObject({
      status: 'signed-in',
    });
    expect(stamps).toEqual(['Thu Jan 2 03:04:05 UTC 2031']);
  },
);

describe('what has the place of a text in a reply', () => {
  const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown;
  // `String` throws for both
  const values: readonly (readonly [string, unknown])[] = [
    ['an object whose toString is not a function', { toString: 1 }],
    ['a list inside of 20 000 lists', deep],
  ];
  const answering = (output: object) => ({ transport: async () => output });

  test.each(values)('%s is taken for no text', async (_, value) => {
    const CodeDeliveryDetails = { Destination: value, DeliveryMedium: value };
    const delivery = { medium: '', destination: '' };
    const signedUp = await signUp(client, alice, answering({ UserSub: value, CodeDeliveryDetails }));
    expect(signedUp).toEqual({ userSub: '', confirmed: false, delivery });
    expect(await forgotPassword(client, alice, answering({ CodeDeliveryDetails }))).toEqual({ delivery });
    const UserAttributes = [{ Name: 'email', Value: value }];
    const user = await getUser(
      client,
      { accessToken: 'a' },
      answering({ Username: 'alice', UserAttributes }),
    );
    expect(user.attributes).toEqual({ email: '' });
  });

  test.each(values)('%s is no Status of VerifySoftwareToken', async (_, Status) => {
    const verifying = verifySoftwareToken(
      client,
      { accessToken: 'a', code: '123456' },
      answering({ Status }),
    );
    await expect(verifying).rejects.toMatchObject({ code: 'CODE_MISMATCH' });
  });
});
