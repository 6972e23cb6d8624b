/** App clients, as administrators manage them, and what their settings do at sign-in. */
import { secretHash } from '../../src/srp/index.ts';
import type { UserPoolOptions } from '../src/index.ts';
import { createAdmin, NO_BODY } from './admin-calls.ts';
import { PASSWORD, type Reply, refused, signedIn, type Texts, WRONG_PASSWORD } from './wire.ts';

const NO_CLIENT = refused('ResourceNotFoundException', 'User pool client does not exist.');
const ALICE = { USERNAME: 'alice', PASSWORD };
const PASSWORD_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_PASSWORD_AUTH'];

interface ClientReply {
  readonly ClientId: string;
  readonly ClientSecret: string;
  readonly [member: string]: unknown;
}

const clientOf = (reply: Reply): ClientReply => reply['UserPoolClient'] as ClientReply;

interface SecretReply {
  readonly ClientSecretId: string;
  readonly ClientSecretValue: string;
  readonly ClientSecretCreateDate: number;
}

const secretOf = (reply: Reply): SecretReply => reply['ClientSecretDescriptor'] as SecretReply;

function world(options: UserPoolOptions = {}) {
  const wire = createAdmin(options);
  const signIn = (ClientId: string, parameters: Texts = {}) =>
    wire.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { ...ALICE, ...parameters },
    });
  return {
    ...wire,
    /** Creates a client, and gives its description. */
    create: async (settings: object = {}) =>
      clientOf(await wire.admin('CreateUserPoolClient', { ClientName: 'app', ...settings })),
    /** Tries to create a client that is refused, and asserts that the pool has the same clients as before. */
    refuse: async (settings: object) => {
      const list = () => wire.admin('ListUserPoolClients', { MaxResults: 60 });
      const before = await list();
      const reply = await wire.admin('CreateUserPoolClient', { ClientName: 'app', ...settings });
      expect(await list()).toEqual(before);
      return reply;
    },
    signIn,
    signInWithSecret: (ClientId: string, secret: string) =>
      signIn(ClientId, { SECRET_HASH: secretHash('alice', ClientId, secret) }),
  };
}

describe('CreateUserPoolClient', () => {
  test('describes the client with the defaults that the service shows', async () => {
    const { create, now, pool } = world();
    const client = await create();
    expect(client).toEqual({
      AllowedOAuthFlowsUserPoolClient: false,
      AuthSessionValidity: 3,
      ClientId: expect.stringMatching(/^[a-z0-9]{25,26}$/),
      ClientName: 'app',
      CreationDate: now() / 1000,
      EnablePropagateAdditionalUserContextData: false,
      EnableTokenRevocation: true,
      LastModifiedDate: now() / 1000,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      UserPoolId: pool.userPoolId,
    });
    expect(Object.keys(client)).toEqual(Object.keys(client).sort());
  });

  test('the ids of a thousand clients have 25 or 26 characters, and differ', async () => {
    const { create } = world();
    const clients = await Promise.all(Array.from({ length: 1000 }, () => create()));
    const ids = clients.map(({ ClientId }) => ClientId);
    expect(new Set(ids).size).toBe(1000);
    expect(ids.filter((id) => !/^[a-z0-9]{25,26}$/.test(id))).toEqual([]);
  });

  test('ExplicitAuthFlows come back in the order of the service', async () => {
    const { create } = world();
    const ordered = [
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ];
    expect(await create({ ExplicitAuthFlows: [...ordered].reverse() })).toMatchObject({
      ExplicitAuthFlows: ordered,
    });
  });

  test('a client without flows has SRP, custom and refresh', async () => {
    const { create, call, signIn } = world();
    const { ClientId } = await create();
    const begin = (AuthFlow: string, more: Texts) =>
      call('InitiateAuth', { ClientId, AuthFlow, AuthParameters: { USERNAME: 'alice', ...more } });
    expect(await begin('USER_SRP_AUTH', { SRP_A: '2' })).toMatchObject({
      ChallengeName: 'PASSWORD_VERIFIER',
    });
    expect(await begin('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: 'x' })).toEqual(
      refused('NotAuthorizedException', 'Invalid Refresh Token'),
    );
    expect(await signIn(ClientId)).toEqual(
      refused('InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client'),
    );
  });

  test.each([
    ['ADMIN_NO_SRP_AUTH', 'PASSWORD_VERIFIER'],
    ['CUSTOM_AUTH_FLOW_ONLY', undefined],
  ])('the older flow %s leaves SRP %s', async (flow, challenge) => {
    const { create, call } = world();
    const { ClientId } = await create({ ExplicitAuthFlows: [flow] });
    const AuthParameters = { USERNAME: 'alice', SRP_A: '2' };
    const reply = await call('InitiateAuth', { ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters });
    expect(reply.ChallengeName).toBe(challenge);
  });

  test('GenerateSecret makes a secret, which sign-ins have to prove', async () => {
    const { create, admin, signIn, signInWithSecret } = world();
    const { ClientId, ClientSecret } = await create({
      GenerateSecret: true,
      ExplicitAuthFlows: PASSWORD_FLOWS,
    });
    expect(ClientSecret).toMatch(/^[a-z0-9]{51,52}$/);
    expect(clientOf(await admin('DescribeUserPoolClient', { ClientId })).ClientSecret).toBe(ClientSecret);
    expect(await signInWithSecret(ClientId, ClientSecret)).toMatchObject(signedIn);
    expect(await signIn(ClientId)).toEqual(
      refused(
        'NotAuthorizedException',
        `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
      ),
    );
  });

  test('a secret can be given, but not together with GenerateSecret', async () => {
    const { create, refuse, signInWithSecret } = world();
    const ClientSecret = 'a_secret_of_24_characters';
    const { ClientId, ...client } = await create({ ClientSecret, ExplicitAuthFlows: PASSWORD_FLOWS });
    expect(client).toMatchObject({ ClientSecret });
    expect(await signInWithSecret(ClientId, ClientSecret)).toMatchObject(signedIn);
    expect(await refuse({ ClientSecret, GenerateSecret: true })).toMatchObject({
      status: 400,
      __type: 'InvalidParameterException',
    });
  });

  test('validities count in hours and days where no unit is given, and a sign-in uses them', async () => {
    const { create, signIn, call, wait } = world();
    const { ClientId } = await create({
      AccessTokenValidity: 2,
      RefreshTokenValidity: 150,
      TokenValidityUnits: { RefreshToken: 'minutes' },
      ExplicitAuthFlows: PASSWORD_FLOWS,
    });
    const { AuthenticationResult } = await signIn(ClientId);
    expect(AuthenticationResult).toMatchObject({ ExpiresIn: 7200 });
    const refresh = () =>
      call('InitiateAuth', {
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult.RefreshToken },
      });
    wait(150 * 60 - 1);
    expect(await refresh()).toMatchObject(signedIn);
    wait(1);
    expect(await refresh()).toEqual(refused('NotAuthorizedException', 'Refresh Token has expired'));
  });

  test.each([
    [{ AccessTokenValidity: 299, TokenValidityUnits: { AccessToken: 'seconds' } }],
    [{ AccessTokenValidity: 25 }],
    [{ IdTokenValidity: 4, TokenValidityUnits: { IdToken: 'minutes' } }],
    [{ RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: 'minutes' } }],
    [{ RefreshTokenValidity: 3651 }],
    [{ AccessTokenValidity: 2, RefreshTokenValidity: 60, TokenValidityUnits: { RefreshToken: 'minutes' } }],
    [{ IdTokenValidity: 2, RefreshTokenValidity: 60, TokenValidityUnits: { RefreshToken: 'minutes' } }],
  ])('%j is out of range', async (settings) => {
    expect(await world().refuse(settings)).toEqual(
      refused('InvalidParameterException', 'Invalid range for token validity.'),
    );
  });

  test.each([
    [{ AccessTokenValidity: 300, TokenValidityUnits: { AccessToken: 'seconds' } }],
    [{ IdTokenValidity: 24 }],
    [{ RefreshTokenValidity: 60, TokenValidityUnits: { RefreshToken: 'minutes' } }],
    [{ RefreshTokenValidity: 3650 }],
  ])('%j is in range', async (settings) => {
    expect(await world().create(settings)).toMatchObject(settings);
  });

  test('a RefreshTokenValidity of 0 is 30 days', async () => {
    expect(await world().create({ RefreshTokenValidity: 0 })).toMatchObject({ RefreshTokenValidity: 30 });
  });

  test('with rotation ALLOW_REFRESH_TOKEN_AUTH is refused', async () => {
    const { refuse, create } = world();
    const RefreshTokenRotation = { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 };
    expect(await refuse({ RefreshTokenRotation, ExplicitAuthFlows: PASSWORD_FLOWS })).toEqual(
      refused(
        'InvalidParameterException',
        'ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.',
      ),
    );
    const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH'];
    expect(await create({ RefreshTokenRotation, ExplicitAuthFlows })).toMatchObject({ RefreshTokenRotation });
  });

  test('the LITE tier has no rotation', async () => {
    const { refuse } = world({ userPool: { UserPoolTier: 'LITE' } });
    const RefreshTokenRotation = { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 };
    expect(await refuse({ RefreshTokenRotation })).toEqual(
      refused(
        'FeatureUnavailableInTierException',
        'The following features need to be disabled for the LITE pricing tier configured: Refresh Token Rotation',
      ),
    );
  });

  test('WriteAttributes must have the required attributes', async () => {
    const { refuse, create } = world({ requiredAttributes: ['email', 'family_name'] });
    const wrong = refused(
      'InvalidParameterException',
      'Invalid write attributes specified while creating a client',
    );
    expect(await refuse({ WriteAttributes: ['email', 'name'] })).toEqual(wrong);
    const WriteAttributes = ['family_name', 'email'];
    expect(await create({ WriteAttributes })).toMatchObject({ WriteAttributes });
    expect(await refuse({ WriteAttributes: [...WriteAttributes, 'email_verified'] })).toEqual(wrong);
  });

  test('attributes must be in the schema', async () => {
    const { refuse, create } = world({ schema: [{ Name: 'custom:team', AttributeDataType: 'String' }] });
    const settings = { ReadAttributes: ['email', 'custom:team'], WriteAttributes: ['custom:team'] };
    expect(await create(settings)).toMatchObject(settings);
    expect(await refuse({ ReadAttributes: ['custom:other'] })).toMatchObject({
      __type: 'InvalidParameterException',
    });
    expect(await refuse({ WriteAttributes: ['custom:other'] })).toMatchObject({
      __type: 'InvalidParameterException',
    });
  });

  const CODE = { AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid'] };
  const callback = (...CallbackURLs: readonly string[]) => ({ ...CODE, CallbackURLs });

  test.each<[string, object, string, string]>([
    [
      'an unknown scope',
      { AllowedOAuthScopes: ['Cognito'] },
      'ScopeDoesNotExist',
      'Invalid scope requested: Cognito',
    ],
    [
      'code without a callback',
      CODE,
      'InvalidOAuthFlow',
      'CallbackUrls can not be empty when code flow or implicit flow is selected',
    ],
    [
      'openid with client_credentials',
      { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['openid'], GenerateSecret: true },
      'InvalidOAuthFlow',
      'openid is not supported with client_credentials flow',
    ],
    [
      'a provider that the pool does not have',
      { SupportedIdentityProviders: ['COGNITO', 'MyIdp'] },
      'InvalidParameter',
      'The provider MyIdp does not exist for User Pool us-east-1_LocalPool.',
    ],
  ])('%s is refused', async (_, settings, exception, text) => {
    expect(await world().refuse(settings)).toEqual(refused(`${exception}Exception`, text));
  });

  test.each<[string, object]>([
    [
      'client_credentials beside code',
      { ...callback('https://a.example/'), AllowedOAuthFlows: ['client_credentials', 'code'] },
    ],
    ['client_credentials without a secret', { AllowedOAuthFlows: ['client_credentials'] }],
    ['older flows beside new ones', { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'ALLOW_USER_SRP_AUTH'] }],
    ['http to another host', callback('http://app.example/')],
    ['a fragment', callback('https://app.example/#x')],
    ['a relative callback', callback('/signed-in')],
    ['a relative URL to sign out', { LogoutURLs: ['/signed-out'] }],
    [
      'a default that is not in the list',
      { ...callback('https://a.example/'), DefaultRedirectURI: 'https://b.example/' },
    ],
    ['user context without a secret', { EnablePropagateAdditionalUserContextData: true }],
    ['a flow that does not exist', { ExplicitAuthFlows: ['ALLOW_NOTHING'] }],
  ])('%s is refused, in words of the pool where those of AWS are not known', async (_, settings) => {
    expect(await world().refuse(settings)).toMatchObject({
      status: 400,
      __type: expect.stringMatching(/Exception$/),
    });
  });

  test.each([
    'https://app.example/in',
    'http://localhost:3000/',
    'http://127.0.0.1/',
    'http://[::1]:8080/',
    'myapp://in',
  ])('the callback %s is taken', async (url) => {
    expect(await world().create({ ...callback(url), DefaultRedirectURI: url })).toMatchObject({
      CallbackURLs: [url],
      DefaultRedirectURI: url,
    });
  });

  test('the scopes of a resource server and the providers of the pool are taken', async () => {
    const { admin, create, refuse } = world();
    const ScopeName = 'orders.read';
    const Scopes = [{ ScopeName, ScopeDescription: 'reads orders' }];
    const server = { Identifier: 'https://orders.example', Name: 'orders', Scopes };
    expect((await admin('CreateResourceServer', server)).status).toBe(200);
    const ProviderDetails = {
      client_id: 'c',
      client_secret: 's',
      authorize_scopes: 'openid',
      oidc_issuer: 'https://idp.example',
      attributes_request_method: 'GET',
    };
    const provider = { ProviderName: 'MyIdp', ProviderType: 'OIDC', ProviderDetails };
    expect((await admin('CreateIdentityProvider', provider)).status).toBe(200);
    const settings = {
      AllowedOAuthScopes: [`https://orders.example/${ScopeName}`, 'openid'],
      SupportedIdentityProviders: ['MyIdp'],
    };
    expect(await create(settings)).toMatchObject(settings);
    const scope = 'https://orders.example/orders.write';
    expect(await refuse({ AllowedOAuthScopes: [scope] })).toEqual(
      refused('ScopeDoesNotExistException', `Invalid scope requested: ${scope}`),
    );
  });

  test('an unknown pool is refused', async () => {
    const input = { UserPoolId: 'us-east-1_Nothing0', ClientName: 'app' };
    expect(await world().admin('CreateUserPoolClient', input)).toEqual(
      refused('ResourceNotFoundException', 'User pool us-east-1_Nothing0 does not exist.'),
    );
  });
});

test('DescribeUserPoolClient describes a client that was created, and one of the options', async () => {
  const { admin, create } = world({ clients: [{ clientId: 'server', clientSecret: 'shh' }] });
  const client = await create({
    SupportedIdentityProviders: ['COGNITO'],
    LogoutURLs: ['https://a.example/'],
  });
  const describe = (ClientId: string) => admin('DescribeUserPoolClient', { ClientId });
  expect(await describe(client.ClientId)).toEqual({ status: 200, UserPoolClient: client });
  expect(clientOf(await describe('server'))).toMatchObject({ ClientId: 'server', ClientSecret: 'shh' });
  expect(await describe('other')).toEqual(NO_CLIENT);
});

describe('UpdateUserPoolClient', () => {
  test('resets what is left out, and keeps name, secret and date of creation', async () => {
    const { admin, create, wait, now } = world();
    const created = await create({
      GenerateSecret: true,
      ExplicitAuthFlows: PASSWORD_FLOWS,
      ReadAttributes: ['email'],
      WriteAttributes: ['email'],
      SupportedIdentityProviders: ['COGNITO'],
      PreventUserExistenceErrors: 'ENABLED',
      AccessTokenValidity: 2,
      AuthSessionValidity: 10,
      EnableTokenRevocation: false,
    });
    wait(5);
    const { ClientId, ClientSecret, CreationDate, UserPoolId } = created;
    const reply = await admin('UpdateUserPoolClient', { ClientId, RefreshTokenValidity: 7 });
    expect(clientOf(reply)).toEqual({
      AllowedOAuthFlowsUserPoolClient: false,
      AuthSessionValidity: 3,
      ClientId,
      ClientName: 'app',
      ClientSecret,
      CreationDate,
      EnablePropagateAdditionalUserContextData: false,
      EnableTokenRevocation: true,
      LastModifiedDate: now() / 1000,
      RefreshTokenValidity: 7,
      TokenValidityUnits: {},
      UserPoolId,
    });
    expect(await admin('DescribeUserPoolClient', { ClientId })).toEqual(reply);
  });

  test('changes the name, and is refused without changing anything', async () => {
    const { admin, create } = world();
    const { ClientId } = await create();
    const update = (settings: object) => admin('UpdateUserPoolClient', { ClientId, ...settings });
    const renamed = await update({ ClientName: 'renamed' });
    expect(clientOf(renamed)).toMatchObject({ ClientName: 'renamed' });
    expect(await update({ ClientName: 'x', AccessTokenValidity: 25 })).toMatchObject({ status: 400 });
    expect(await admin('DescribeUserPoolClient', { ClientId })).toEqual(renamed);
    expect(await update({ ClientId: 'other' })).toEqual(NO_CLIENT);
  });

  test('turning PreventUserExistenceErrors on hides users at once', async () => {
    const { admin, create, signIn } = world();
    const { ClientId } = await create({ ExplicitAuthFlows: PASSWORD_FLOWS });
    const unknown = () => signIn(ClientId, { USERNAME: 'nobody' });
    expect(await unknown()).toEqual(refused('UserNotFoundException', 'User does not exist.'));
    const settings = { ExplicitAuthFlows: PASSWORD_FLOWS, PreventUserExistenceErrors: 'ENABLED' };
    await admin('UpdateUserPoolClient', { ClientId, ...settings });
    expect(await unknown()).toEqual(WRONG_PASSWORD);
  });
});

describe('DeleteUserPoolClient', () => {
  test('removes the client, and its tokens are refused', async () => {
    const { admin, adminText, create, signIn, call } = world();
    const { ClientId } = await create({ ExplicitAuthFlows: PASSWORD_FLOWS });
    const { AccessToken, RefreshToken } = (await signIn(ClientId)).AuthenticationResult;
    const kept = (await signIn('web')).AuthenticationResult;
    expect(await adminText('DeleteUserPoolClient', { ClientId })).toEqual(NO_BODY);
    const gone = refused('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
    expect(await call('GetUser', { AccessToken })).toEqual(gone);
    expect(await call('GlobalSignOut', { AccessToken })).toEqual(gone);
    expect(
      await call('InitiateAuth', {
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      }),
    ).toEqual(gone);
    expect(await call('GetUser', { AccessToken: kept.AccessToken })).toMatchObject({ Username: 'alice' });
    expect(await admin('DeleteUserPoolClient', { ClientId })).toEqual(NO_CLIENT);
  });
});

describe('ListUserPoolClients', () => {
  test('lists ids and names in the order of the ids, page by page', async () => {
    const { admin, create, pool } = world();
    const names = ['one', 'two', 'three', 'four'];
    const made = await Promise.all(names.map((ClientName) => create({ ClientName })));
    const expected = [{ ClientId: 'web', ClientName: 'web' }, ...made]
      .map(({ ClientId, ClientName }) => ({ ClientId, ClientName, UserPoolId: pool.userPoolId }))
      .sort((one, other) => (one.ClientId < other.ClientId ? -1 : 1));
    expect(await admin('ListUserPoolClients', {})).toEqual({ status: 200, UserPoolClients: expected });
    const first = await admin('ListUserPoolClients', { MaxResults: 3 });
    expect(first).toMatchObject({ UserPoolClients: expected.slice(0, 3), NextToken: expect.any(String) });
    // A client that goes does not move the next page
    await admin('DeleteUserPoolClient', { ClientId: expected[2]?.ClientId });
    const { NextToken } = first;
    expect(await admin('ListUserPoolClients', { MaxResults: 3, NextToken })).toEqual({
      status: 200,
      UserPoolClients: expected.slice(3),
    });
  });

  test('a token that is not from it is refused, and no client is of the type DCR', async () => {
    const { admin } = world();
    expect(await admin('ListUserPoolClients', { NextToken: 'x' })).toMatchObject({
      status: 400,
      __type: 'InvalidParameterException',
    });
    expect(await admin('ListUserPoolClients', { ClientType: 'DCR' })).toEqual({
      status: 200,
      UserPoolClients: [],
    });
  });
});

describe('AddUserPoolClientSecret', () => {
  test('adds a second secret, and both sign in', async () => {
    const { admin, create, signInWithSecret, wait, now } = world();
    const { ClientId, ClientSecret } = await create({
      GenerateSecret: true,
      ExplicitAuthFlows: PASSWORD_FLOWS,
    });
    wait(60);
    const added = secretOf(await admin('AddUserPoolClientSecret', { ClientId }));
    expect(added).toEqual({
      ClientSecretCreateDate: now() / 1000,
      ClientSecretId: expect.stringMatching(new RegExp(`^${ClientId}--\\d+$`)),
      ClientSecretValue: expect.stringMatching(/^[a-z0-9]{51,52}$/),
    });
    expect(await signInWithSecret(ClientId, ClientSecret)).toMatchObject(signedIn);
    expect(await signInWithSecret(ClientId, added.ClientSecretValue)).toMatchObject(signedIn);
    expect(await signInWithSecret(ClientId, 'another')).toEqual(
      refused('NotAuthorizedException', `Unable to verify secret hash for client ${ClientId}`),
    );
  });

  test('lets both secrets themselves refresh', async () => {
    const { admin, call, create, signInWithSecret } = world();
    const { ClientId, ClientSecret: first } = await create({
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'DISABLED' },
    });
    const { ClientSecretValue: second } = secretOf(await admin('AddUserPoolClientSecret', { ClientId }));
    const { RefreshToken } = (await signInWithSecret(ClientId, first)).AuthenticationResult;
    const refresh = (ClientSecret: string) =>
      call('GetTokensFromRefreshToken', { ClientId, RefreshToken, ClientSecret });
    expect(await refresh(first)).toMatchObject(signedIn);
    expect(await refresh(second)).toMatchObject(signedIn);
    expect(await refresh('another')).toEqual(
      refused('NotAuthorizedException', `Unable to verify secret hash for client ${ClientId}`),
    );
  });

  test('does not show a value that was given, and takes no third secret', async () => {
    const { admin, create, signInWithSecret } = world();
    const { ClientId } = await create({ GenerateSecret: true, ExplicitAuthFlows: PASSWORD_FLOWS });
    const value = 'a_secret_of_24_characters';
    const add = () => admin('AddUserPoolClientSecret', { ClientId, ClientSecret: value });
    expect(Object.keys(secretOf(await add()))).toEqual(['ClientSecretCreateDate', 'ClientSecretId']);
    expect(await signInWithSecret(ClientId, value)).toMatchObject(signedIn);
    expect(await add()).toMatchObject({ status: 400, __type: 'LimitExceededException' });
    expect(await admin('ListUserPoolClientSecrets', { ClientId })).toMatchObject({
      ClientSecrets: [{}, {}],
    });
  });

  test('needs a client that has a secret', async () => {
    const { admin } = world();
    expect(await admin('AddUserPoolClientSecret', { ClientId: 'web' })).toMatchObject({
      status: 400,
      __type: 'InvalidParameterException',
    });
    expect(await admin('AddUserPoolClientSecret', { ClientId: 'other' })).toEqual(NO_CLIENT);
  });
});

test('ListUserPoolClientSecrets shows no values, and all secrets at once', async () => {
  const { admin, create } = world();
  const { ClientId } = await create({ GenerateSecret: true });
  // In the same millisecond, so that the ids would be equal
  const { ClientSecretValue: _, ...added } = secretOf(await admin('AddUserPoolClientSecret', { ClientId }));
  const { ClientSecrets } = await admin('ListUserPoolClientSecrets', { ClientId });
  expect(ClientSecrets).toEqual([
    { ClientSecretId: expect.stringMatching(/--\d+$/), ClientSecretCreateDate: added.ClientSecretCreateDate },
    added,
  ]);
  expect(await admin('ListUserPoolClientSecrets', { ClientId: 'web' })).toEqual({
    status: 200,
    ClientSecrets: [],
  });
  expect(await admin('ListUserPoolClientSecrets', { ClientId: 'other' })).toEqual(NO_CLIENT);
});

test('DeleteUserPoolClientSecret removes one of two secrets, and never the last', async () => {
  const { admin, create, signInWithSecret } = world();
  const { ClientId, ClientSecret } = await create({
    GenerateSecret: true,
    ExplicitAuthFlows: PASSWORD_FLOWS,
  });
  const added = secretOf(await admin('AddUserPoolClientSecret', { ClientId }));
  const list = async () =>
    (await admin('ListUserPoolClientSecrets', { ClientId }))['ClientSecrets'] as readonly SecretReply[];
  const [first] = await list();
  const remove = (ClientSecretId?: string) =>
    admin('DeleteUserPoolClientSecret', { ClientId, ClientSecretId });
  expect(await remove(`${ClientId}--1`)).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await remove(first?.ClientSecretId)).toEqual({ status: 200 });
  expect(await signInWithSecret(ClientId, ClientSecret)).toMatchObject({ status: 400 });
  expect(await signInWithSecret(ClientId, added.ClientSecretValue)).toMatchObject(signedIn);
  expect(await remove(added.ClientSecretId)).toMatchObject({ __type: 'InvalidParameterException' });
  expect(await list()).toHaveLength(1);
});

describe('the session configuration of a client', () => {
  const MINUTES = { SSOSession: { MaxValidityMinutes: 0 } };

  test('GetUserPoolClientSessionConfiguration has 60 minutes where nothing was set', async () => {
    const { admin, pool } = world();
    expect(await admin('GetUserPoolClientSessionConfiguration', { ClientId: 'web' })).toEqual({
      status: 200,
      ClientId: 'web',
      SSOSession: { MaxValidityMinutes: 60 },
      UserPoolId: pool.userPoolId,
    });
    expect(await admin('GetUserPoolClientSessionConfiguration', { ClientId: 'other' })).toEqual(NO_CLIENT);
  });

  test('SetUserPoolClientSessionConfiguration replaces it, and an update of the client keeps it', async () => {
    const { admin } = world({ userSessionTracking: true });
    const set = await admin('SetUserPoolClientSessionConfiguration', { ClientId: 'web', ...MINUTES });
    expect(set).toMatchObject({ status: 200, ...MINUTES });
    expect(clientOf(await admin('UpdateUserPoolClient', { ClientId: 'web' }))).not.toHaveProperty(
      'ssoMinutes',
    );
    expect(await admin('GetUserPoolClientSessionConfiguration', { ClientId: 'web' })).toEqual(set);
    expect(await admin('SetUserPoolClientSessionConfiguration', { ClientId: 'other', ...MINUTES })).toEqual(
      NO_CLIENT,
    );
  });

  test.each<[string, UserPoolOptions, string]>([
    ['without session tracking', {}, 'OperationNotEnabledException'],
    [
      'of the LITE tier',
      { userSessionTracking: true, userPool: { UserPoolTier: 'LITE' } },
      'FeatureUnavailableInTierException',
    ],
  ])('a pool %s refuses to set it', async (_, options, __type) => {
    const { admin } = world(options);
    const before = await admin('GetUserPoolClientSessionConfiguration', { ClientId: 'web' });
    expect(
      await admin('SetUserPoolClientSessionConfiguration', { ClientId: 'web', ...MINUTES }),
    ).toMatchObject({
      status: 400,
      __type,
    });
    expect(await admin('GetUserPoolClientSessionConfiguration', { ClientId: 'web' })).toEqual(before);
  });
});

test('AdminInitiateAuth names the pool that does not have the client', async () => {
  const { admin } = world();
  const input = { ClientId: 'other', AuthFlow: 'ADMIN_NO_SRP_AUTH', AuthParameters: ALICE };
  expect(await admin('AdminInitiateAuth', input)).toEqual(
    refused(
      'ResourceNotFoundException',
      'User pool client other does not exist in user pool us-east-1_LocalPool.',
    ),
  );
});
