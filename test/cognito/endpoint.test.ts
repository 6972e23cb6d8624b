/** Requests go to the endpoint that AWS's rules give, and impossible pools and options are refused. */
import { signIn, type UserPoolClient } from '../../src/index.ts';
import endpoints from '../../vectors/endpoints.json' with { type: 'json' };
import { alice, client, recorder, refusal } from '../support/client.ts';
import { errorOf, expectNoSecret } from '../support/secrets.ts';
import { withGlobal } from '../support/with-global.ts';

/** What signIn asks for with this pool: the URLs, or the error and no URL. */
async function attempt(pool: UserPoolClient, credentials = alice, options = {}) {
  const { sent, fetch } = recorder(() => refusal('ForbiddenException', 'seen'));
  const error = await errorOf(() => signIn(pool, credentials, { fetch, ...options }));
  return { urls: sent.map(({ url }) => url), error };
}

interface Case {
  readonly title: string;
  readonly params: {
    readonly Region?: string;
    readonly UseFIPS: boolean;
    readonly UseDualStack: boolean;
    readonly Endpoint?: string;
  };
  readonly url?: string;
  readonly error?: string;
}
const cases: readonly Case[] = endpoints.cases;

test('there are cases for urls and for errors', () => {
  expect(cases.filter(({ url }) => url).length).toBeGreaterThan(30);
  expect(cases.filter(({ error }) => error).length).toBeGreaterThan(1);
});

test.each(cases)("AWS's endpoint rules: $title", async ({ params, url, error }) => {
  const { Region = 'eu-west-1', UseFIPS, UseDualStack, Endpoint } = params;
  const result = await attempt({
    userPoolId: `${Region}_X`,
    clientId: 'web',
    useFips: UseFIPS,
    useDualStack: UseDualStack,
    endpoint: Endpoint,
  });
  if (error === undefined) {
    expect(result.urls).toEqual([`${url}/`]);
    expect(result.error).toMatchObject({ code: 'FIREWALL_REFUSED' });
  } else {
    expect(result.urls).toEqual([]);
    expect(result.error).toMatchObject({
      name: 'ArgumentError',
      code: 'ENDPOINT_INVALID',
      field: 'endpoint',
    });
  }
});

/** AWS's cases have one region of some partitions only. These rows are from the SDK's partitions. */
test.each([
  ['us-gov-west-1', 'amazonaws.com', 'api.aws'],
  ['us-iso-east-1', 'c2s.ic.gov', 'api.aws.ic.gov'],
  ['us-isob-east-1', 'sc2s.sgov.gov', 'api.aws.scloud'],
  ['eu-isoe-west-1', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  ['us-isof-south-1', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  ['eusc-de-east-1', 'amazonaws.eu', 'api.amazonwebservices.eu'],
])('%s is below %s, and below %s for IPv6', async (region, suffix, dualStackSuffix) => {
  const pool = { userPoolId: `${region}_X`, clientId: 'web' };
  expect((await attempt(pool)).urls).toEqual([`https://cognito-idp.${region}.${suffix}/`]);
  const { urls } = await attempt({ ...pool, useDualStack: true });
  expect(urls).toEqual([`https://cognito-idp.${region}.${dualStackSuffix}/`]);
});

test.each(['x-eu-west-1', 'eu-west-1-x', 'eu-west', 'us-west-one'])('%s is not a region', async (region) => {
  const { urls, error } = await attempt({ userPoolId: `${region}_X`, clientId: 'web' });
  expect([urls, error]).toEqual([[], expect.objectContaining({ code: 'REGION_INVALID' })]);
});

test('the number of a region may have two digits', async () => {
  const { urls } = await attempt({ userPoolId: 'ap-southeast-12_X', clientId: 'web' });
  expect(urls).toEqual(['https://cognito-idp.ap-southeast-12.amazonaws.com/']);
});

const aws = { userPoolId: 'eu-west-1_AbCdEf123', clientId: 'web' };
const clientSecret = 'client-secret-of-the-app';

describe('a pool that cannot be right is refused before anything is sent', () => {
  test.each<[string, UserPoolClient, string, string]>([
    ['no _', { ...aws, userPoolId: 'eu-west-1AbCdEf123' }, 'USER_POOL_ID_INVALID', 'userPoolId'],
    ['nothing after _', { ...aws, userPoolId: 'eu-west-1_' }, 'USER_POOL_ID_INVALID', 'userPoolId'],
    ['an empty pool id', { ...aws, userPoolId: '' }, 'USER_POOL_ID_INVALID', 'userPoolId'],
    ['a pool id with a slash', { ...aws, userPoolId: 'eu-west-1_a/b' }, 'USER_POOL_ID_INVALID', 'userPoolId'],
    [
      'a pool id with a line end',
      { ...aws, userPoolId: 'eu-west-1_a\n' },
      'USER_POOL_ID_INVALID',
      'userPoolId',
    ],
    [
      'a pool id of 56 characters',
      { ...aws, userPoolId: `eu-west-1_${'a'.repeat(46)}` },
      'USER_POOL_ID_INVALID',
      'userPoolId',
    ],
    [
      'a pool id that is no string',
      { ...aws, userPoolId: undefined as unknown as string },
      'USER_POOL_ID_INVALID',
      'userPoolId',
    ],
    ['an empty client id', { ...aws, clientId: '' }, 'CLIENT_ID_INVALID', 'clientId'],
    ['no client id', { userPoolId: aws.userPoolId } as UserPoolClient, 'CLIENT_ID_INVALID', 'clientId'],
    ['a client id with a space', { ...aws, clientId: 'a b' }, 'CLIENT_ID_INVALID', 'clientId'],
    ['an empty client secret', { ...aws, clientSecret: '' }, 'CLIENT_SECRET_INVALID', 'clientSecret'],
    ['another region than the pool id', { ...aws, region: 'us-east-1' }, 'REGION_INVALID', 'region'],
    ['a region that is none', { ...aws, region: 'evil.com/' }, 'REGION_INVALID', 'region'],
    ['a region with a host behind', { ...aws, region: 'eu-west-1.evil.com' }, 'REGION_INVALID', 'region'],
    ['a pool id of no region', { ...aws, userPoolId: 'local_Pool1' }, 'REGION_INVALID', 'userPoolId'],
    [
      'FIPS and endpoint',
      { ...aws, useFips: true, endpoint: 'https://x.org' },
      'ENDPOINT_INVALID',
      'endpoint',
    ],
    [
      'dual stack and endpoint',
      { ...aws, useDualStack: true, endpoint: 'https://x.org' },
      'ENDPOINT_INVALID',
      'endpoint',
    ],
  ])('%s', async (_title, pool, code, field) => {
    const { urls, error } = await attempt({ clientSecret, ...pool });
    expect(error).toMatchObject({ name: 'ArgumentError', code, field });
    expect(error).toBeInstanceOf(TypeError);
    expect(urls).toEqual([]);
    expectNoSecret(error, [alice.password, clientSecret]);
  });
});

describe('endpoint', () => {
  test.each([
    'http://192.168.1.7:9229',
    'http://pool.example.org',
    'HTTP://pool.example.org',
    'http://127.0.0.1.evil.com',
    'http://localhost.evil.com',
    'http://evil-localhost',
    'http://1127.0.0.1',
    'http://[::2]:9000',
    'http://0.0.0.0',
  ])('%s is plain http to another machine: refused', async (endpoint) => {
    const { urls, error } = await attempt({ ...client, endpoint });
    expect(error).toMatchObject({ name: 'ArgumentError', code: 'ENDPOINT_INSECURE', field: 'endpoint' });
    expect(urls).toEqual([]);
  });

  test('dangerouslyAllowPlainHttp lets it go', async () => {
    const endpoint = 'http://pool.example.org';
    const { urls } = await attempt({ ...client, endpoint, dangerouslyAllowPlainHttp: true });
    expect(urls).toEqual([`${endpoint}/`]);
  });

  test.each([
    'http://localhost@evil.com',
    'https://user:password@example.org',
    'https://example.org/?a=1',
    'https://example.org?a=1',
    'https://example.org/#a',
    'https://example.org\\@evil.com',
    'http://localhost\\.evil.com',
    'http://127.0.0.1%2eevil.com',
    'example.org',
    '//example.org',
    'ftp://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    ' https://example.org',
    'https://example.org\n',
    'https://',
    'https:///path',
    '',
  ])('%j is no endpoint: refused', async (endpoint) => {
    const { urls, error } = await attempt({ ...client, endpoint, dangerouslyAllowPlainHttp: true });
    expect(error).toMatchObject({ name: 'ArgumentError', code: 'ENDPOINT_INVALID', field: 'endpoint' });
    expect(urls).toEqual([]);
  });

  test.each([
    ['http://[::1]:9000', 'http://[::1]:9000/'],
    ['http://127.0.0.1:9229', 'http://127.0.0.1:9229/'],
    ['http://127.8.8.8', 'http://127.8.8.8/'],
    ['http://localhost:9229/', 'http://localhost:9229/'],
    ['http://pool.localhost', 'http://pool.localhost/'],
    ['https://proxy.example.org/cognito/', 'https://proxy.example.org/cognito/'],
  ])('%s is asked at %s', async (endpoint, url) => {
    expect((await attempt({ ...client, endpoint })).urls).toEqual([url]);
  });

  test('the pool id needs no region beside an endpoint', async () => {
    const { urls } = await attempt({ ...client, userPoolId: 'local_Pool1' });
    expect(urls).toHaveLength(1);
  });
});

describe('credentials and options that cannot be right are refused before anything is sent', () => {
  const absent = undefined as unknown as string;
  test.each([
    ['no username', { ...alice, username: absent }, {}, 'USERNAME_INVALID', 'username'],
    ['an empty username', { ...alice, username: '' }, {}, 'USERNAME_INVALID', 'username'],
    ['a username of 129', { ...alice, username: 'a'.repeat(129) }, {}, 'USERNAME_INVALID', 'username'],
    ['no password', { ...alice, password: absent }, {}, 'PASSWORD_INVALID', 'password'],
    ['an empty password', { ...alice, password: '' }, {}, 'PASSWORD_INVALID', 'password'],
    ['timeoutMs 0', alice, { timeoutMs: 0 }, 'OPTION_INVALID', 'timeoutMs'],
    ['timeoutMs -1', alice, { timeoutMs: -1 }, 'OPTION_INVALID', 'timeoutMs'],
    ['timeoutMs NaN', alice, { timeoutMs: Number.NaN }, 'OPTION_INVALID', 'timeoutMs'],
    ['maxAttempts 0', alice, { maxAttempts: 0 }, 'OPTION_INVALID', 'maxAttempts'],
    ['retryDelayMs -5', alice, { retryDelayMs: -5 }, 'OPTION_INVALID', 'retryDelayMs'],
    ['an rng of zeros', alice, { rng: (n: number) => new Uint8Array(n) }, 'RANDOMNESS_INVALID', 'rng'],
  ])('%s', async (_title, credentials, options, code, field) => {
    const { urls, error } = await attempt({ ...client, clientSecret }, credentials, options);
    expect(error).toMatchObject({ name: 'ArgumentError', code, field });
    expect(urls).toEqual([]);
    expectNoSecret(error, [alice.password, clientSecret]);
  });

  test('a number out of bounds is told both', async () => {
    const messageOf = async (options: object) => String((await attempt(client, alice, options)).error);
    expect(await messageOf({ retryDelayMs: -5 })).toMatch(/"retryDelayMs" must be a number from 0 to /);
    expect(await messageOf({ timeoutMs: 0 })).toMatch(/"timeoutMs" must be a number from 1 to /);
  });

  test('a username of 128 characters goes', async () => {
    expect((await attempt(client, { ...alice, username: 'a'.repeat(128) })).urls).toHaveLength(1);
  });
});

test('with a transport, no endpoint is needed, and none is looked at', async () => {
  const operations: string[] = [];
  const transport = async (operation: string) => {
    operations.push(operation);
    return { ChallengeName: 'SMS_MFA', ChallengeParameters: {} };
  };
  for (const pool of [
    { userPoolId: 'local_Pool1', clientId: 'web' },
    { userPoolId: 'local_Pool1', clientId: 'web', endpoint: 'http://proxy.example' },
    { userPoolId: 'eu-west-1_AbCdEf123', clientId: 'web', region: 'us-east-1' },
  ]) {
    expect(await signIn(pool, alice, { transport })).toMatchObject({ status: 'challenge' });
  }
  expect(operations).toEqual(['InitiateAuth', 'InitiateAuth', 'InitiateAuth']);
  const bad = { userPoolId: 'nonsense', clientId: 'web' };
  await expect(signIn(bad, alice, { transport })).rejects.toMatchObject({ code: 'USER_POOL_ID_INVALID' });
});

test('without a fetch: RUNTIME_INCOMPLETE', async () => {
  const error = await withGlobal('fetch', undefined, () => errorOf(() => signIn(client, alice)));
  expect(error).toMatchObject({
    name: 'ArgumentError',
    code: 'RUNTIME_INCOMPLETE',
    field: 'fetch',
    message: 'No fetch here: pass "fetch" or "transport" in the options',
  });
});

test('without BigInt: RUNTIME_INCOMPLETE, and nothing is sent', async () => {
  const { fetch, sent } = recorder(() => refusal('NotAuthorizedException'));
  const error = await withGlobal('BigInt', undefined, () => errorOf(() => signIn(client, alice, { fetch })));
  expect(error).toMatchObject({
    code: 'RUNTIME_INCOMPLETE',
    field: 'BigInt',
    message: 'No BigInt here: import "cognito-srp-engine/portable"',
  });
  expect(sent).toEqual([]);
});
