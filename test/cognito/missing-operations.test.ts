/** Servers that are not AWS lack operations and say so in words of their own. A page of a failing server is not such a word. */

import { createUserPool } from '../../pool/src/index.ts';
import { getUser, refreshTokens, type SignedIn, signIn } from '../../src/index.ts';

const PASSWORD = 'Correct-Horse-9';
const HTML = '<!doctype html><title>500 Internal Server Error</title>';

/** What each server answers for GetTokensFromRefreshToken, as recorded from its pinned version or its documentation. */
const MOTO = () => new Response(HTML, { status: 500, headers: { 'content-type': 'text/html' } });
const COGNITO_LOCAL = () =>
  Response.json(
    {
      __type: 'CognitoLocal#Unsupported',
      message:
        'Cognito Local unsupported feature: Unsupported x-amz-target header "GetTokensFromRefreshToken"',
    },
    { status: 500 },
  );
const MINISTACK = () =>
  Response.json(
    { __type: 'InvalidAction', message: 'Unknown Cognito IDP action: GetTokensFromRefreshToken' },
    { status: 400, headers: { 'x-amzn-errortype': 'InvalidAction' } },
  );
const LOCALSTACK = () =>
  Response.json(
    {
      __type: 'InternalFailure',
      message:
        "API action 'GetTokensFromRefreshToken' for service 'cognito-idp' not yet implemented or pro feature",
    },
    { status: 501 },
  );
const AWS = () => Response.json({ __type: 'UnknownOperationException' }, { status: 400 });

interface World {
  /** What the server answers for GetTokensFromRefreshToken. It answers everything else as the local pool does. */
  readonly missing: () => Response;
  readonly rotates?: boolean;
}

async function world({ missing, rotates = false }: World) {
  const pool = createUserPool({
    userPoolId: 'eu-west-1_AbCdEf123',
    users: [{ username: 'alice', password: PASSWORD }],
    clients: [{ clientId: 'web', ...(rotates && { refreshTokenRotation: { gracePeriodSeconds: 0 } }) }],
  });
  const sent: string[] = [];
  const fetch: typeof pool.fetch = async (url, init) => {
    const operation = new Headers(init?.headers).get('x-amz-target')?.split('.').pop() ?? '';
    sent.push(operation);
    return operation === 'GetTokensFromRefreshToken' ? missing() : pool.fetch(url, init);
  };
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const options = { fetch, retryDelayMs: 1 };
  const { tokens } = (await signIn(client, { username: 'alice', password: PASSWORD }, options)) as SignedIn;
  sent.length = 0;
  return { pool, client, options, sent, refreshToken: tokens.refreshToken ?? '' };
}

const ASKED_TWICE = ['GetTokensFromRefreshToken', 'InitiateAuth'];
const REPEATED = Array<string>(3).fill('GetTokensFromRefreshToken');
const LOST = { name: 'ProtocolError', code: 'BODY_NOT_JSON', recovery: 'try-later' };

test.each([
  ['AWS', AWS, ASKED_TWICE],
  ['cognito-local', COGNITO_LOCAL, ASKED_TWICE],
  ['ministack', MINISTACK, ASKED_TWICE],
  ['LocalStack', LOCALSTACK, ASKED_TWICE],
  ['moto', MOTO, [...REPEATED, 'InitiateAuth']],
])(
  'a refresh falls back to REFRESH_TOKEN_AUTH where the operation is missing as in %s',
  async (_, missing, expected) => {
    const { client, options, refreshToken, sent } = await world({ missing });
    const tokens = await refreshTokens(client, { username: 'alice', refreshToken }, options);
    expect(tokens).toMatchObject({ refreshToken, accessToken: expect.any(String) });
    expect(sent).toEqual(expected);
  },
);

test.each([
  ['AWS', AWS],
  ['cognito-local', COGNITO_LOCAL],
  ['ministack', MINISTACK],
  ['LocalStack', LOCALSTACK],
])('the refusal of %s is OPERATION_UNKNOWN, and is not repeated', async (_, answer) => {
  const { client } = await world({ missing: answer });
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return answer();
  };
  await expect(getUser(client, { accessToken: 'x.y.z' }, { fetch, retryDelayMs: 1 })).rejects.toMatchObject({
    code: 'OPERATION_UNKNOWN',
    recovery: 'fix-configuration',
  });
  expect(asked).toBe(1);
});

test('a flow that cognito-local lacks is FLOW_NOT_ENABLED', async () => {
  const { client } = await world({ missing: AWS });
  const message = 'Cognito Local unsupported feature: InitAuth with AuthFlow=USER_SRP_AUTH';
  const fetch = async () => Response.json({ __type: 'CognitoLocal#Unsupported', message }, { status: 500 });
  await expect(signIn(client, { username: 'alice', password: PASSWORD }, { fetch })).rejects.toMatchObject({
    code: 'FLOW_NOT_ENABLED',
    recovery: 'fix-configuration',
  });
});

test.each([
  ['the refusal of ministack', MINISTACK, { code: 'OPERATION_UNKNOWN' }],
  ['the page of moto', MOTO, LOST],
])('there is no fallback from %s for a caller who chose the method', async (_, missing, expected) => {
  const { client, options, refreshToken, sent } = await world({ missing });
  const input = { refreshToken, method: 'GetTokensFromRefreshToken' } as const;
  await expect(refreshTokens(client, input, options)).rejects.toMatchObject(expected);
  expect(sent).not.toContain('InitiateAuth');
});

test("AWS's own failure without a usable body stays try-later", async () => {
  const { client, options, refreshToken, sent } = await world({ missing: MOTO });
  const inAws = { ...client, endpoint: undefined };
  await expect(refreshTokens(inAws, { refreshToken }, options)).rejects.toMatchObject({
    ...LOST,
    status: 500,
  });
  expect(sent).toEqual(REPEATED);
});

test.each([502, 503, 504])(
  'a gateway that answers HTTP %i is not asked by REFRESH_TOKEN_AUTH',
  async (status) => {
    const { client, options, refreshToken, sent } = await world({
      missing: () => new Response(HTML, { status }),
    });
    await expect(refreshTokens(client, { refreshToken }, options)).rejects.toMatchObject({ ...LOST, status });
    expect(sent).toEqual(REPEATED);
  },
);

test.each([404, 501])('a page with HTTP %i is taken as a missing operation', async (status) => {
  const { client, options, refreshToken } = await world({ missing: () => new Response(HTML, { status }) });
  expect(await refreshTokens(client, { refreshToken }, options)).toMatchObject({ refreshToken });
});

test('a page behind which refresh tokens rotate stays try-later, and the token is still good', async () => {
  const { pool, client, options, refreshToken, sent } = await world({ missing: MOTO, rotates: true });
  await expect(refreshTokens(client, { refreshToken }, options)).rejects.toMatchObject({
    ...LOST,
    cause: { code: 'OPERATION_NOT_ENABLED' },
  });
  expect(sent).toEqual([...REPEATED, 'InitiateAuth']);
  const tokens = await refreshTokens(client, { refreshToken }, { ...options, fetch: pool.fetch });
  expect(tokens.refreshToken).not.toBe(refreshToken);
});

test('a client with a secret and without a user name keeps the failure that came first', async () => {
  const { client, options, refreshToken } = await world({ missing: MOTO });
  const withSecret = { ...client, clientSecret: 'shh' };
  await expect(refreshTokens(withSecret, { refreshToken }, options)).rejects.toMatchObject(LOST);
});

test('a server that fails for REFRESH_TOKEN_AUTH too keeps the failure that came first', async () => {
  const { client, options, refreshToken } = await world({ missing: MOTO });
  const fetch = async () => MOTO();
  await expect(refreshTokens(client, { refreshToken }, { ...options, fetch })).rejects.toMatchObject({
    ...LOST,
    operation: 'GetTokensFromRefreshToken',
  });
});

test('a refresh token that has ended is refused by a server with pages too', async () => {
  const { client, options } = await world({ missing: MOTO });
  await expect(refreshTokens(client, { refreshToken: 'x.y.z' }, options)).rejects.toMatchObject({
    code: 'REFRESH_TOKEN_REFUSED',
    recovery: 'start-again',
  });
});

test("another user's refresh token is not taken for one's own by a server with pages", async () => {
  const { client, options, refreshToken } = await world({ missing: MOTO });
  await expect(refreshTokens(client, { username: 'bob', refreshToken }, options)).rejects.toMatchObject({
    code: 'TOKEN_INVALID',
    field: 'username',
  });
});

test('an abort during the fallback is the abort', async () => {
  const { client, options, refreshToken } = await world({ missing: MOTO });
  const controller = new AbortController();
  const fetch: typeof options.fetch = async (url, init) => {
    const target = new Headers(init?.headers).get('x-amz-target') ?? '';
    if (target.endsWith('InitiateAuth')) controller.abort(new Error('closed'));
    return options.fetch(url, init);
  };
  const aborted = refreshTokens(client, { refreshToken }, { ...options, fetch, signal: controller.signal });
  await expect(aborted).rejects.toThrow('closed');
});
