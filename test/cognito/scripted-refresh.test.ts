/** Refreshes whose replies are written down: which operation is sent, what in it, and which failure counts. */
import { refreshTokens, revokeToken, type UserPoolClient } from '../../src/index.ts';
import { client, recorder, refusal } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const { endpoint: _, ...awsClient } = client;
const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
const REFRESHED = { AuthenticationResult: { AccessToken: token({ username: 'alice' }), ExpiresIn: 60 } };
const input = { refreshToken: 'old', username: 'alice' };
const page = (status: number) => () => new Response('<html>', { status });
const unknownOperation = () => refusal('UnknownOperationException');

/** Refreshes with one reply after the other. */
async function refreshed(
  given: object,
  replies: readonly (object | (() => Response))[],
  { pool = client, ...more }: { readonly pool?: UserPoolClient; readonly signal?: AbortSignal } = {},
) {
  const { fetch, sent, operations } = recorder((_, __, index) => {
    const reply = replies[index];
    return typeof reply === 'function' ? reply() : Response.json(reply);
  });
  const options = { fetch, maxAttempts: 1, now: () => 1000, ...more };
  const run = () => refreshTokens(pool, { ...input, ...given }, options);
  return { run, sent, operations };
}

describe('a refresh sends', () => {
  const metadata = { from: 'test' };

  test.each<[object, object, object]>([
    [{}, {}, { RefreshToken: 'old' }],
    [
      { deviceKey: 'd' },
      { clientSecret: 'shh' },
      { RefreshToken: 'old', DeviceKey: 'd', ClientSecret: 'shh' },
    ],
  ])('GetTokensFromRefreshToken with %j of a client with %j', async (given, pool, members) => {
    const { run, sent } = await refreshed(given, [REFRESHED], { pool: { ...client, ...pool } });
    await run();
    expect(sent).toMatchObject([{ operation: 'GetTokensFromRefreshToken' }]);
    expect(sent[0]?.input).toEqual({ ClientId: client.clientId, ...members });
  });

  test.each<[object, object, object]>([
    [{ username: undefined }, {}, {}],
    [{ deviceKey: 'd' }, {}, { DEVICE_KEY: 'd' }],
    [{}, { clientSecret: 'shh' }, { SECRET_HASH: expect.stringMatching(/^[\w+/]{43}=$/) }],
  ])('InitiateAuth with %j of a client with %j', async (given, pool, parameters) => {
    const initiate = { method: 'REFRESH_TOKEN_AUTH', ...given };
    const { run, sent } = await refreshed(initiate, [REFRESHED], { pool: { ...client, ...pool } });
    await run();
    expect(sent).toMatchObject([{ operation: 'InitiateAuth' }]);
    expect(sent[0]?.input).toEqual({
      ClientId: client.clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: 'old', ...parameters },
    });
  });

  test('ClientMetadata with either', async () => {
    for (const method of ['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH'] as const) {
      const { fetch, sent } = recorder(() => Response.json(REFRESHED));
      await refreshTokens(client, { ...input, method }, { fetch, clientMetadata: metadata });
      expect(sent[0]?.input.ClientMetadata).toEqual(metadata);
    }
  });

  test.each(['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH'] as const)(
    '%s again after a lost reply',
    async (method) => {
      const { fetch, operations } = recorder((_, __, index) =>
        index === 0 ? (Promise.reject(new TypeError('fetch failed')) as never) : Response.json(REFRESHED),
      );
      await refreshTokens(client, { ...input, method }, { fetch, retryDelayMs: 0 });
      expect(operations()).toHaveLength(2);
    },
  );

  test('no SECRET_HASH of nobody', async () => {
    const pool = { ...client, clientSecret: 'shh' };
    const nobody = { username: undefined, method: 'REFRESH_TOKEN_AUTH' };
    const { run, sent } = await refreshed(nobody, [REFRESHED], { pool });
    expect(await errorOf(run)).toMatchObject({
      code: 'USERNAME_INVALID',
      field: 'username',
      message:
        '"username" must be the canonical name, because SECRET_HASH is made of it and the client has a secret',
    });
    expect(sent).toEqual([]);
  });
});

describe('a refresh gives', () => {
  test('a new refresh token if there is one, and otherwise that of before', async () => {
    const { AuthenticationResult } = REFRESHED;
    const rotated = { AuthenticationResult: { ...AuthenticationResult, RefreshToken: 'new' } };
    const times = { expiresIn: 60, expiresAt: 61_000 };
    expect(await (await refreshed({}, [REFRESHED])).run()).toMatchObject({ refreshToken: 'old', ...times });
    expect(await (await refreshed({}, [rotated])).run()).toMatchObject({ refreshToken: 'new', ...times });
  });

  test('no tokens of somebody else, where the caller says whose they are', async () => {
    const bobs = { AuthenticationResult: { AccessToken: token({ username: 'bob' }), ExpiresIn: 60 } };
    expect(await errorOf((await refreshed({}, [bobs])).run)).toMatchObject({
      code: 'TOKEN_INVALID',
      field: 'username',
      operation: 'GetTokensFromRefreshToken',
      message: 'GetTokensFromRefreshToken: "username" must be the refresh token\'s user: sign in again',
    });
    const nobodys = { AuthenticationResult: { AccessToken: token({ username: '' }), ExpiresIn: 60 } };
    await expect((await refreshed({}, [nobodys])).run()).resolves.toMatchObject({ expiresIn: 60 });
    await expect((await refreshed({ username: undefined }, [bobs])).run()).resolves.toMatchObject({
      expiresIn: 60,
    });
  });
});

describe('InitiateAuth takes the place of GetTokensFromRefreshToken', () => {
  const BOTH = ['GetTokensFromRefreshToken', 'InitiateAuth'];
  const notEnabled = () =>
    refusal('UnsupportedOperationException', 'GetTokensFromRefreshToken is not enabled for this client');

  test.each<[string, () => Response]>([
    ['an operation that is not known', unknownOperation],
    ...[404, 500, 501].map((status): [string, () => Response] => [`a page with ${status}`, page(status)]),
  ])('after %s', async (_, reply) => {
    const { run, operations } = await refreshed({}, [reply, REFRESHED]);
    expect(await run()).toMatchObject({ refreshToken: 'old' });
    expect(operations()).toEqual(BOTH);
  });

  test.each<[string, () => Response, object, UserPoolClient]>([
    ['a refusal', () => refusal('NotAuthorizedException', 'Invalid Refresh Token'), {}, client],
    ['a page with 502', page(502), {}, client],
    ['a page with 503', page(503), {}, client],
    ['a page with 200', page(200), {}, client],
    ['a page of AWS itself', page(500), {}, awsClient],
    [
      'a page, where the caller has named the method',
      page(500),
      { method: 'GetTokensFromRefreshToken' },
      client,
    ],
    [
      'an unknown operation that was named',
      unknownOperation,
      { method: 'GetTokensFromRefreshToken' },
      client,
    ],
  ])('but not after %s', async (_, reply, given, pool) => {
    const { run, operations } = await refreshed(given, [reply, REFRESHED], { pool });
    await errorOf(run);
    expect(operations()).toEqual(BOTH.slice(0, 1));
  });

  test.each<[string, () => Response, object]>([
    [
      'a refused token',
      () => refusal('NotAuthorizedException', 'Invalid Refresh Token'),
      { code: 'REFRESH_TOKEN_REFUSED' },
    ],
    [
      'a disabled user',
      () => refusal('NotAuthorizedException', 'User is disabled.'),
      { code: 'USER_DISABLED' },
    ],
    [
      'a user who is gone',
      () => refusal('UserNotFoundException', 'User does not exist.'),
      { code: 'USER_NOT_FOUND' },
    ],
    [
      "another user's tokens",
      () =>
        Response.json({ AuthenticationResult: { AccessToken: token({ username: 'bob' }), ExpiresIn: 60 } }),
      { code: 'TOKEN_INVALID' },
    ],
  ])('after a page, %s is the failure', async (_, reply, expected) => {
    const { run, operations } = await refreshed({}, [page(500), reply]);
    expect(await errorOf(run)).toMatchObject({ ...expected, operation: 'InitiateAuth' });
    expect(operations()).toEqual(BOTH);
  });

  test.each<[string, () => Response]>([
    ['a flow that is not enabled', notEnabled],
    ['a page again', page(500)],
    ['a reply without tokens', () => Response.json({ ChallengeName: 'SMS_MFA' })],
  ])('after a page and %s, the page is the failure, and the other its cause', async (_, reply) => {
    const { run, operations } = await refreshed({}, [page(501), reply]);
    const error = await errorOf(run);
    expect(error).toMatchObject({
      code: 'BODY_NOT_JSON',
      status: 501,
      operation: 'GetTokensFromRefreshToken',
      cause: expect.objectContaining({ operation: 'InitiateAuth' }),
    });
    expect(operations()).toEqual(BOTH);
  });

  test('aborted after a page: the reason is the failure', async () => {
    const controller = new AbortController();
    const reason = new RangeError('enough');
    const abort = () => {
      controller.abort(reason);
      return new Response('{}');
    };
    const { run } = await refreshed({}, [page(500), abort], { signal: controller.signal });
    await expect(run()).rejects.toBe(reason);
  });
});

test.each(['ALL', '', 'none', true])(
  'revokeToken does not know the sessions %j',
  async (revokeAssociatedSessions) => {
    const given = { refreshToken: 'r', revokeAssociatedSessions } as Parameters<typeof revokeToken>[1];
    const { fetch, sent } = recorder(() => Response.json({}));
    expect(await errorOf(() => revokeToken(client, given, { fetch }))).toMatchObject({
      code: 'OPTION_INVALID',
      field: 'revokeAssociatedSessions',
      message: '"revokeAssociatedSessions" must be "NONE" or "LINKED"',
    });
    await revokeToken(
      { ...client, clientSecret: 'shh' },
      { refreshToken: 'r', revokeAssociatedSessions: 'NONE' },
      { fetch },
    );
    expect(sent.map(({ input }) => input)).toEqual([
      { ClientId: client.clientId, Token: 'r', ClientSecret: 'shh', RevokeAssociatedSessions: 'NONE' },
    ]);
  },
);
