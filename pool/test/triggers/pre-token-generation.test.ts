/** PreTokenGeneration gets the event of its version, and changes claims, scopes and groups within AWS's limits. */
import type { UserPoolOptions } from '../../src/index.ts';
import { confirm, proveDevice, srpSignIn } from '../device-sign-in.ts';
import { claimsOf } from '../raw-calls.ts';
import { PASSWORD, type Reply, refused, signedIn } from '../wire.ts';
import {
  type AnyEvent,
  attributesOf,
  createTriggerWire,
  eventOf,
  failedText,
  failing,
  responding,
  type TriggerWire,
  unchanged,
} from './record-triggers.ts';

const UNRECOGNIZABLE = refused('InvalidLambdaResponseException', 'Unrecognizable lambda output');
const SCOPES = ['aws.cognito.signin.user.admin'];
const NO_GROUPS = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };
const ROLE = 'arn:aws:iam::000000000000:role/admin';

const V2: UserPoolOptions = { preTokenGenerationVersion: 'V2_0' };
const GROUPS: UserPoolOptions = {
  groups: [{ name: 'admin', precedence: 1, roleArn: ROLE }, { name: 'staff' }],
  users: [{ username: 'alice', password: PASSWORD, groups: ['admin', 'staff'] }],
};

const tokensOf = ({ AuthenticationResult: { AccessToken, IdToken } }: Reply) => ({
  access: claimsOf(AccessToken),
  id: claimsOf(IdToken),
});

/** Signs alice in with a trigger that gives this response. */
async function signInWith(response: Readonly<Record<string, unknown>>, options: UserPoolOptions = {}) {
  const wire = createTriggerWire({ preTokenGeneration: responding(response) }, options);
  return tokensOf(await wire.signIn());
}

/** What a sign-in with a trigger is refused with. */
const refusalOf = (response: Readonly<Record<string, unknown>>, options: UserPoolOptions = {}) =>
  createTriggerWire({ preTokenGeneration: responding(response) }, options).signIn();

const v1 = (details: object) => ({ claimsOverrideDetails: details });
const v2 = (details: object) => ({ claimsAndScopeOverrideDetails: details });

describe('the event', () => {
  test('of version V1_0 has groups and roles, and no scopes', async () => {
    const wire = createTriggerWire({ preTokenGeneration: unchanged }, GROUPS);
    await wire.signIn();
    expect(wire.takeEvents()).toEqual([
      eventOf(
        'TokenGeneration_Authentication',
        {
          userAttributes: attributesOf(wire),
          groupConfiguration: {
            groupsToOverride: ['admin', 'staff'],
            iamRolesToOverride: [ROLE],
            preferredRole: ROLE,
          },
        },
        { claimsOverrideDetails: null },
      ),
    ]);
  });

  test.each([
    ['V2_0', '2'],
    ['V3_0', '3'],
  ] as const)('of version %s has the scopes', async (preTokenGenerationVersion, version) => {
    const wire = createTriggerWire({ preTokenGeneration: unchanged }, { preTokenGenerationVersion });
    await wire.signIn();
    expect(wire.takeEvents()).toEqual([
      eventOf(
        'TokenGeneration_Authentication',
        { userAttributes: attributesOf(wire), groupConfiguration: NO_GROUPS, scopes: SCOPES },
        { claimsAndScopeOverrideDetails: null },
        { version },
      ),
    ]);
  });

  const sourcesOf = (events: readonly AnyEvent[]) => events.map(({ triggerSource }) => triggerSource);

  test('says that a temporary password was replaced', async () => {
    const users = [{ username: 'alice', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' as const }];
    const wire = createTriggerWire({ preTokenGeneration: unchanged }, { users });
    const { Session } = await wire.signIn();
    const ClientMetadata = { tenant: 'a' };
    const responses = { NEW_PASSWORD: 'Another-Horse-10' };
    const reply = await wire.respond('NEW_PASSWORD_REQUIRED', Session, responses, { ClientMetadata });
    expect(reply).toMatchObject(signedIn);
    expect(wire.takeEvents()).toEqual([
      eventOf(
        'TokenGeneration_NewPasswordChallenge',
        {
          userAttributes: attributesOf(wire),
          groupConfiguration: NO_GROUPS,
          clientMetadata: ClientMetadata,
        },
        { claimsOverrideDetails: null },
      ),
    ]);
  });

  test('says that a device proved itself', async () => {
    const wire = createTriggerWire(
      { preTokenGeneration: unchanged },
      { devices: { challengeRequiredOnNewDevice: true } },
    );
    const now = wire.now();
    const first = await (await srpSignIn(wire.pool, { now }))();
    const { device } = await confirm(wire.pool, first);
    wire.takeEvents();
    const asked = await (await srpSignIn(wire.pool, { now }))({ DEVICE_KEY: device.key });
    await proveDevice(wire.pool, asked, device, { now });
    expect(sourcesOf(wire.takeEvents())).toEqual(['TokenGeneration_AuthenticateDevice']);
  });

  test('of a refresh has the metadata of GetTokensFromRefreshToken, and none of REFRESH_TOKEN_AUTH', async () => {
    const wire = createTriggerWire({ preTokenGeneration: unchanged });
    const { AuthenticationResult } = await wire.signIn();
    const { RefreshToken } = AuthenticationResult;
    wire.takeEvents();
    const ClientMetadata = { tenant: 'a' };
    await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken }, { ClientMetadata });
    await wire.call('GetTokensFromRefreshToken', { ClientId: 'web', RefreshToken, ClientMetadata });
    const request = { userAttributes: attributesOf(wire), groupConfiguration: NO_GROUPS };
    const response = { claimsOverrideDetails: null };
    expect(wire.takeEvents()).toEqual([
      eventOf('TokenGeneration_RefreshTokens', request, response),
      eventOf('TokenGeneration_RefreshTokens', { ...request, clientMetadata: ClientMetadata }, response),
    ]);
  });

  test('of tokens with OAuth scopes is that of managed login', async () => {
    const wire = createTriggerWire({ preTokenGeneration: unchanged }, V2);
    await wire.pool.issueTokens('alice', { scopes: ['openid', 'email'] });
    expect(wire.takeEvents()).toEqual([
      eventOf(
        'TokenGeneration_HostedAuth',
        {
          userAttributes: attributesOf(wire),
          groupConfiguration: NO_GROUPS,
          scopes: ['openid', 'email'],
        },
        { claimsAndScopeOverrideDetails: null },
        { version: '2' },
      ),
    ]);
  });
});

describe('the token of an app client', () => {
  const SECRET = 'not-a-real-secret';
  const SERVER: UserPoolOptions = {
    clients: [
      {
        ClientId: 'server',
        ClientSecret: SECRET,
        ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
        AllowedOAuthScopes: ['orders/read'],
      },
    ],
    resourceServers: [{ identifier: 'orders', scopes: ['read'] }],
  };
  const get = (wire: TriggerWire) =>
    wire.call('GetClientToken', { ClientId: 'server', Secret: SECRET, ClientMetadata: { tenant: 'a' } });

  test('is given to version V3_0, with the literal user name ClientCredentials', async () => {
    const handler = responding(
      v2({ accessTokenGeneration: { claimsToAddOrOverride: { tenant: 'a' }, scopesToAdd: ['orders/all'] } }),
    );
    const wire = createTriggerWire(
      { preTokenGeneration: handler },
      { ...SERVER, preTokenGenerationVersion: 'V3_0' },
    );
    const reply = await get(wire);
    expect(wire.takeEvents()).toEqual([
      eventOf(
        'TokenGeneration_ClientCredentials',
        {
          userAttributes: {},
          groupConfiguration: null,
          scopes: ['orders/read'],
          clientMetadata: { tenant: 'a' },
        },
        { claimsAndScopeOverrideDetails: null },
        { userName: 'ClientCredentials', clientId: 'server', version: '3' },
      ),
    ]);
    const { AccessToken } = reply['ClientAuthenticationResult'] as { readonly AccessToken: string };
    expect(claimsOf(AccessToken)).toMatchObject({ tenant: 'a', scope: 'orders/read orders/all' });
  });

  test.each(['V1_0', 'V2_0'] as const)('is not given to version %s', async (preTokenGenerationVersion) => {
    const wire = createTriggerWire({ preTokenGeneration: failing }, { ...SERVER, preTokenGenerationVersion });
    expect(await get(wire)).toMatchObject({ status: 200 });
    expect(wire.takeEvents()).toEqual([]);
  });
});

describe('version V1_0', () => {
  test('adds, replaces and suppresses claims of the ID token alone', async () => {
    const { id, access } = await signInWith(
      v1({
        claimsToAddOrOverride: { tenant: 'a', email: 'other@example.com' },
        claimsToSuppress: ['nickname'],
      }),
      {
        users: [
          { username: 'alice', password: PASSWORD, attributes: { email: 'a@example.com', nickname: 'al' } },
        ],
      },
    );
    expect(id).toMatchObject({ tenant: 'a', email: 'other@example.com' });
    expect(id).not.toHaveProperty('nickname');
    expect(access).not.toHaveProperty('tenant');
  });

  test('suppresses a claim that it both adds and suppresses', async () => {
    const details = { claimsToAddOrOverride: { tenant: 'a' }, claimsToSuppress: ['tenant'] };
    expect((await signInWith(v1(details))).id).not.toHaveProperty('tenant');
  });

  test.each([
    ['a list', ['a']],
    ['a number', 1],
    ['a boolean', true],
    ['an object', {}],
    ['null', null],
  ])('refuses %s as a value', async (_what, value) => {
    expect(await refusalOf(v1({ claimsToAddOrOverride: { tenant: value } }))).toMatchObject(UNRECOGNIZABLE);
  });

  test('replaces the groups in both tokens, and the roles in the ID token', async () => {
    const groupOverrideDetails = {
      groupsToOverride: ['guest'],
      iamRolesToOverride: ['arn:aws:iam::000000000000:role/guest'],
      preferredRole: 'arn:aws:iam::000000000000:role/guest',
    };
    const { id, access } = await signInWith(v1({ groupOverrideDetails }), GROUPS);
    expect(id).toMatchObject({
      'cognito:groups': ['guest'],
      'cognito:roles': ['arn:aws:iam::000000000000:role/guest'],
      'cognito:preferred_role': 'arn:aws:iam::000000000000:role/guest',
    });
    expect(access).toMatchObject({ 'cognito:groups': ['guest'] });
    expect(access).not.toHaveProperty('cognito:roles');
  });

  test.each([null, {}, { groupsToOverride: [] }])(
    'suppresses the groups with groupOverrideDetails %j',
    async (groupOverrideDetails) => {
      const { id, access } = await signInWith(v1({ groupOverrideDetails }), GROUPS);
      expect(id).not.toHaveProperty('cognito:groups');
      expect(id).not.toHaveProperty('cognito:roles');
      expect(access).not.toHaveProperty('cognito:groups');
    },
  );

  test('keeps the groups without groupOverrideDetails', async () => {
    const { id, access } = await signInWith(v1({ claimsToAddOrOverride: { tenant: 'a' } }), GROUPS);
    expect(id).toMatchObject({ 'cognito:groups': ['admin', 'staff'], 'cognito:preferred_role': ROLE });
    expect(access).toMatchObject({ 'cognito:groups': ['admin', 'staff'] });
  });
});

const FIXED = [
  'acr',
  'amr',
  'at_hash',
  'aud',
  'auth_time',
  'azp',
  'cognito:username',
  'exp',
  'iat',
  'identities',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'sub',
  'token_use',
];
const FIXED_IN_ACCESS = ['client_id', 'device_key', 'event_id', 'scope', 'username', 'version'];

describe('versions V2_0 and V3_0', () => {
  test('add any JSON to each token by itself', async () => {
    const values = {
      text: 'a',
      number: 1.5,
      flag: false,
      list: ['a', 1, true],
      object: { a: [{ b: null }] },
    };
    const { id, access } = await signInWith(
      v2({
        idTokenGeneration: { claimsToAddOrOverride: { ...values, only: 'id' } },
        accessTokenGeneration: { claimsToAddOrOverride: values, claimsToSuppress: [] },
      }),
      { preTokenGenerationVersion: 'V3_0' },
    );
    expect(id).toMatchObject({ ...values, only: 'id' });
    expect(access).toMatchObject(values);
    expect(access).not.toHaveProperty('only');
  });

  test('add and suppress scopes, and suppression wins', async () => {
    const { access } = await signInWith(
      v2({
        accessTokenGeneration: {
          scopesToAdd: ['orders/read', 'orders/write'],
          scopesToSuppress: ['aws.cognito.signin.user.admin', 'orders/write'],
        },
      }),
      V2,
    );
    expect(access['scope']).toBe('orders/read');
  });

  test('suppress a claim that they add', async () => {
    const changes = { claimsToAddOrOverride: { tenant: 'a' }, claimsToSuppress: ['tenant'] };
    const { id, access } = await signInWith(
      v2({ idTokenGeneration: changes, accessTokenGeneration: changes }),
      V2,
    );
    expect(id).not.toHaveProperty('tenant');
    expect(access).not.toHaveProperty('tenant');
  });

  test('change the groups of both tokens', async () => {
    const { id, access } = await signInWith(v2({ groupOverrideDetails: { groupsToOverride: ['guest'] } }), {
      ...V2,
      ...GROUPS,
    });
    expect(id['cognito:groups']).toEqual(['guest']);
    expect(access['cognito:groups']).toEqual(['guest']);
  });

  test.each(FIXED)('leave %s as it is in both tokens', async (name) => {
    const changes = { claimsToAddOrOverride: { [name]: 'forged' }, claimsToSuppress: [] };
    const forged = await signInWith(v2({ idTokenGeneration: changes, accessTokenGeneration: changes }), V2);
    const suppressed = await signInWith(
      v2({
        idTokenGeneration: { claimsToSuppress: [name] },
        accessTokenGeneration: { claimsToSuppress: [name] },
      }),
      V2,
    );
    const plain = await signInWith(v2({}), V2);
    for (const use of ['id', 'access'] as const) {
      expect(forged[use][name]).not.toBe('forged');
      expect(Object.keys(suppressed[use]).sort()).toEqual(Object.keys(plain[use]).sort());
    }
  });

  test.each(FIXED_IN_ACCESS)('leave %s as it is in the access token', async (name) => {
    const changes = { claimsToAddOrOverride: { [name]: 'forged' } };
    const { access } = await signInWith(v2({ accessTokenGeneration: changes }), V2);
    expect(access[name]).not.toBe('forged');
  });

  test('give an access token no other aud than the client', async () => {
    const withAud = (aud: string) =>
      signInWith(v2({ accessTokenGeneration: { claimsToAddOrOverride: { aud } } }), V2);
    expect((await withAud('web')).access['aud']).toBe('web');
    expect((await withAud('https://api.example')).access).not.toHaveProperty('aud');
  });

  test.each(['phone_number_verified', 'email_verified', 'updated_at', 'address'])(
    'refuse an object as %s of the ID token',
    async (name) => {
      const details = { idTokenGeneration: { claimsToAddOrOverride: { [name]: { a: 1 } } } };
      expect(await refusalOf(v2(details), V2)).toMatchObject(UNRECOGNIZABLE);
    },
  );
});

test.each([
  ['details that are a text', v1('yes' as unknown as object)],
  ['claimsToAddOrOverride as a list', v1({ claimsToAddOrOverride: ['a'] })],
  ['claimsToSuppress as a text', v1({ claimsToSuppress: 'email' })],
  ['groupsToOverride as a text', v1({ groupOverrideDetails: { groupsToOverride: 'admin' } })],
  ['preferredRole as a number', v1({ groupOverrideDetails: { preferredRole: 1 } })],
])('%s is refused', async (_what, response) => {
  expect(await refusalOf(response)).toMatchObject(UNRECOGNIZABLE);
});

test.each([
  ['null as a claim', { accessTokenGeneration: { claimsToAddOrOverride: { tenant: null } } }],
  ['a scope with a space', { accessTokenGeneration: { scopesToAdd: ['a b'] } }],
  ['scopesToAdd as a text', { accessTokenGeneration: { scopesToAdd: 'a' } }],
])('%s is refused in version V2_0', async (_what, details) => {
  expect(await refusalOf(v2(details), V2)).toMatchObject(UNRECOGNIZABLE);
});

test('a trigger that throws refuses the sign-in, and leaves no session', async () => {
  const wire = createTriggerWire({ preTokenGeneration: failing }, { userSessionTracking: true });
  expect(await wire.signIn()).toMatchObject(
    refused('UserLambdaValidationException', failedText('PreTokenGeneration')),
  );
  expect(await wire.admin('AdminListUserSessions', { Username: 'alice' })).toEqual({
    status: 200,
    Sessions: [],
  });
});

test('a trigger that fails at a rotation leaves the refresh token valid', async () => {
  let fails = false;
  const wire = createTriggerWire(
    { preTokenGeneration: (event) => (fails ? failing() : event) },
    {
      clients: [
        {
          clientId: 'web',
          explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
          refreshTokenRotation: { gracePeriodSeconds: 0 },
        },
      ],
    },
  );
  const { AuthenticationResult } = await wire.signIn();
  const { RefreshToken } = AuthenticationResult;
  const refresh = () => wire.call('GetTokensFromRefreshToken', { ClientId: 'web', RefreshToken });
  fails = true;
  expect(await refresh()).toMatchObject({ __type: 'UserLambdaValidationException' });
  fails = false;
  expect(await refresh()).toMatchObject({ status: 200 });
  expect(await refresh()).toMatchObject({ __type: 'RefreshTokenReuseException' });
});

test('a user who is removed while it runs gets no tokens', async () => {
  const wire = createTriggerWire({
    preTokenGeneration: (event) => {
      wire.pool.users.remove('alice');
      return event;
    },
  });
  expect(await wire.signIn()).toMatchObject({ __type: 'NotAuthorizedException' });
});
