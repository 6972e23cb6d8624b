/** What a signed-in user lists and removes, and what a client asks for itself: sent, read and checked. */

import { createUserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import {
  type CallOptions,
  completePasskeyRegistration,
  decodeClaims,
  deletePasskey,
  deleteUser,
  deleteUserAttributes,
  getClientToken,
  getDerivedToken,
  getUser,
  getUserAuthFactors,
  listPasskeys,
  listUserSessions,
  respond,
  revokeToken,
  revokeUserSession,
  setUserMfaPreference,
  signIn,
  startPasskeyRegistration,
  type Transport,
  updateAuthEventFeedback,
} from '../../src/index.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { client } from '../support/client.ts';
import { errorOf, expectNoSecret } from '../support/secrets.ts';
import { whereIs } from './challenge-cases.ts';

const alice = {
  username: 'alice',
  password: 'Correct-Horse-9',
  attributes: { email: 'alice@example.com', nickname: 'Al', 'custom:team': 'blue' },
};

async function signedIn(more: UserPoolOptions = {}) {
  const pool = createUserPool({ users: [alice], ...more });
  const options = { fetch: pool.fetch };
  const step = await signIn(client, { flow: 'USER_PASSWORD_AUTH', ...alice }, options);
  if (step.status !== 'signed-in') throw new Error(whereIs(step));
  return { pool, options, accessToken: step.tokens.accessToken };
}

/** Gives each output to one request, and keeps the requests. */
function replies(...outputs: readonly object[]) {
  const sent: (readonly [string, object])[] = [];
  const transport: Transport = async (operation, input) => {
    sent.push([operation, input]);
    return { ...outputs[sent.length - 1] };
  };
  return { sent, options: { transport } };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const accessToken = 'an-access-token';
const SESSION_ID = `tkn${'0a'.repeat(12)}z`;

test('deleteUser removes the user, whose token is then refused', async () => {
  const { pool, options, accessToken } = await signedIn();
  expect(await deleteUser(client, { accessToken }, options)).toBeUndefined();
  expect(pool.users.all()).toEqual([]);
  await expect(getUser(client, { accessToken }, options)).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
});

test('deleteUser is not sent again after a lost reply', async () => {
  const { pool, accessToken } = await signedIn();
  pool.faults.add({ name: 'reset-after', operation: 'DeleteUser' });
  await expect(
    deleteUser(client, { accessToken }, { fetch: pool.fetch, retryDelayMs: 0 }),
  ).rejects.toMatchObject({ code: 'NETWORK_FAILED' });
  expect(pool.users.all()).toEqual([]);
});

test('deleteUserAttributes removes the named attributes and no other', async () => {
  const { options, accessToken } = await signedIn();
  await deleteUserAttributes(client, { accessToken, attributeNames: ['nickname', 'custom:team'] }, options);
  const { attributes } = await getUser(client, { accessToken }, options);
  expect(attributes).toEqual({ sub: attributes['sub'], email: 'alice@example.com' });
});

test('getUserAuthFactors gives the factors of the user', async () => {
  const { options, accessToken } = await signedIn();
  expect(await getUserAuthFactors(client, { accessToken }, options)).toEqual({
    username: 'alice',
    factors: ['PASSWORD', 'EMAIL_OTP'],
    mfa: [],
  });
});

test('getUserAuthFactors keeps names that this package does not know', async () => {
  const { options } = replies({
    Username: 'alice',
    ConfiguredUserAuthFactors: ['PASSWORD', 'PIGEON'],
    UserMFASettingList: ['SMS_MFA', 'OWL_MFA'],
    PreferredMfaSetting: 'OWL_MFA',
  });
  expect(await getUserAuthFactors(client, { accessToken }, options)).toEqual({
    username: 'alice',
    factors: ['PASSWORD', 'PIGEON'],
    mfa: ['SMS_MFA', 'OWL_MFA'],
    preferredMfa: 'OWL_MFA',
  });
});

describe('passkeys', () => {
  test('of all pages are listed, and one is deleted', async () => {
    const { pool, options, accessToken } = await signedIn();
    const user = pool.users.find('alice');
    for (const _ of [1, 2, 3]) {
      const creation = await startPasskeyRegistration(client, { accessToken }, options);
      const credential = createAuthenticator().create(creation as { challenge: string });
      await completePasskeyRegistration(client, { accessToken, credential }, options);
    }
    const listed = await collect(listPasskeys(client, { accessToken, pageSize: 2 }, options));
    expect(listed.map(({ name }) => name)).toEqual(['Passkey 1', 'Passkey 2', 'Passkey 3']);
    expect(listed.map(({ id }) => id)).toEqual(user?.passkeys.map(({ id }) => id));
    const passkeyId = listed[1]?.id ?? '';
    await deletePasskey(client, { accessToken, passkeyId }, options);
    expect(user?.passkeys.map(({ name }) => name)).toEqual(['Passkey 1', 'Passkey 3']);
    await expect(deletePasskey(client, { accessToken, passkeyId }, options)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('are read whether a date is in seconds or is a Date, and without what the service left out', async () => {
    const { sent, options } = replies(
      {
        Credentials: [
          {
            CredentialId: 'one',
            FriendlyCredentialName: 'Phone',
            RelyingPartyId: 'example.com',
            AuthenticatorAttachment: 'platform',
            AuthenticatorTransports: ['internal', 'hybrid'],
            CreatedAt: 1_790_000_000.5,
          },
        ],
        NextToken: 'page-2',
      },
      { Credentials: [{ CredentialId: 'two', CreatedAt: new Date(5) }, { CredentialId: 'three' }] },
    );
    expect(await collect(listPasskeys(client, { accessToken }, options))).toEqual([
      {
        id: 'one',
        name: 'Phone',
        relyingPartyId: 'example.com',
        attachment: 'platform',
        transports: ['internal', 'hybrid'],
        createdAt: 1_790_000_000_500,
      },
      { id: 'two', name: '', relyingPartyId: '', transports: [], createdAt: 5 },
      { id: 'three', name: '', relyingPartyId: '', transports: [] },
    ]);
    expect(sent).toEqual([
      ['ListWebAuthnCredentials', { AccessToken: accessToken, MaxResults: 20 }],
      ['ListWebAuthnCredentials', { AccessToken: accessToken, MaxResults: 20, NextToken: 'page-2' }],
    ]);
  });

  test('without an id are a malformed reply', async () => {
    const { options } = replies({ Credentials: [{ FriendlyCredentialName: 'Phone' }] });
    await expect(collect(listPasskeys(client, { accessToken }, options))).rejects.toMatchObject({
      code: 'REPLY_MALFORMED',
      field: 'CredentialId',
      operation: 'ListWebAuthnCredentials',
    });
  });
});

describe('sessions', () => {
  test('of all pages are listed, and a page that names itself as the next is the last', async () => {
    const { sent, options } = replies(
      {
        Sessions: [
          {
            SessionId: SESSION_ID,
            SessionType: 'TOKEN',
            ClientId: 'web',
            CreateDate: 1_790_000_000,
            LastActiveDate: 1_790_000_060,
            DeviceType: 'Firefox on Linux',
            LastIPAddress: '192.0.2.1',
            LastLocation: { City: 'Bern', Country: 'CH' },
            OriginSessionId: 'sso',
            IsCurrentSession: true,
          },
        ],
        NextToken: 'again',
      },
      { Sessions: [{ SessionId: 'sso2', SessionType: 'BUS', LastLocation: {} }], NextToken: 'again' },
    );
    expect(await collect(listUserSessions(client, { accessToken }, options))).toEqual([
      {
        id: SESSION_ID,
        type: 'TOKEN',
        clientId: 'web',
        isCurrent: true,
        createdAt: 1_790_000_000_000,
        lastActiveAt: 1_790_000_060_000,
        deviceType: 'Firefox on Linux',
        lastIpAddress: '192.0.2.1',
        lastLocation: { city: 'Bern', country: 'CH' },
        originSessionId: 'sso',
      },
      { id: 'sso2', type: 'BUS', clientId: '', isCurrent: false, lastLocation: {} },
    ]);
    expect(sent).toEqual([
      ['ListUserSessions', { AccessToken: accessToken }],
      ['ListUserSessions', { AccessToken: accessToken, NextToken: 'again' }],
    ]);
  });

  test('without an id are a malformed reply', async () => {
    const { options } = replies({ Sessions: [null] });
    await expect(listUserSessions(client, { accessToken }, options).next()).rejects.toMatchObject({
      code: 'REPLY_MALFORMED',
      field: 'SessionId',
    });
  });

  test('are revoked alone or with what is linked to them', async () => {
    const { sent, options } = replies({}, {}, {});
    await revokeUserSession(client, { accessToken, sessionId: SESSION_ID }, options);
    const revokeAssociatedSessions = 'LINKED';
    await revokeUserSession(
      client,
      { accessToken, sessionId: SESSION_ID, revokeAssociatedSessions },
      options,
    );
    await revokeToken(client, { refreshToken: 'r', revokeAssociatedSessions }, options);
    const input = { AccessToken: accessToken, SessionId: SESSION_ID };
    expect(sent).toEqual([
      ['RevokeUserSession', input],
      ['RevokeUserSession', { ...input, RevokeAssociatedSessions: 'LINKED' }],
      ['RevokeToken', { ClientId: 'web', Token: 'r', RevokeAssociatedSessions: 'LINKED' }],
    ]);
  });
});

test('sessions of the pool are listed, and all but the current one are revoked', async () => {
  const { pool, options, accessToken } = await signedIn({ userSessionTracking: true });
  const other = await signIn(client, { flow: 'USER_PASSWORD_AUTH', ...alice }, options);
  if (other.status !== 'signed-in') throw new Error(whereIs(other));
  for await (const { id, isCurrent } of listUserSessions(client, { accessToken }, options)) {
    if (!isCurrent) await revokeUserSession(client, { accessToken, sessionId: id }, options);
  }
  expect(await collect(listUserSessions(client, { accessToken }, options))).toMatchObject([
    { type: 'TOKEN', clientId: 'web', isCurrent: true },
  ]);
  await expect(
    getUser(client, { accessToken: other.tokens.accessToken }, { fetch: pool.fetch }),
  ).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REFUSED' });
});

test('feedback on a sign-in of the pool is taken', async () => {
  const { options, accessToken } = await signedIn();
  const eventId = String(decodeClaims(accessToken)?.['event_id']);
  const input = { username: 'alice', eventId, feedbackToken: 'f', feedback: 'Valid' } as const;
  expect(await updateAuthEventFeedback(client, input, options)).toBeUndefined();
});

test('a passkey that counts as both factors signs a user in who has a second factor', async () => {
  const { pool, options, accessToken } = await signedIn({
    passkeyFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  });
  const authenticator = createAuthenticator();
  const creation = await startPasskeyRegistration(client, { accessToken }, options);
  const credential = authenticator.create(creation as { challenge: string });
  await completePasskeyRegistration(client, { accessToken, credential }, options);
  pool.users.setMfa('alice', { email: true });
  const credentials = { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'WEB_AUTHN' } as const;
  expect(whereIs(await signIn(client, credentials, options))).toBe('SELECT_CHALLENGE');
  await setUserMfaPreference(client, { accessToken, passkey: 'on' }, options);
  const asked = await signIn(client, credentials, options);
  if (asked.status !== 'challenge' || asked.challenge.name !== 'WEB_AUTHN') throw new Error(whereIs(asked));
  const assertion = authenticator.get(asked.challenge.requestOptions as { challenge: string });
  const step = await respond(client, asked.challenge, { credential: assertion }, options);
  expect(whereIs(step)).toBe('signed-in');
});

test('updateAuthEventFeedback names the pool, the user and the event', async () => {
  const { sent, options } = replies({});
  const input = { username: 'alice', eventId: 'e', feedbackToken: 'f', feedback: 'Invalid' } as const;
  await updateAuthEventFeedback(client, input, options);
  expect(sent).toEqual([
    [
      'UpdateAuthEventFeedback',
      {
        UserPoolId: client.userPoolId,
        Username: 'alice',
        EventId: 'e',
        FeedbackToken: 'f',
        FeedbackValue: 'Invalid',
      },
    ],
  ]);
});

test('setUserMfaPreference turns a passkey on and off as a second factor', async () => {
  const { sent, options } = replies({}, {});
  await setUserMfaPreference(client, { accessToken, passkey: 'on', email: 'preferred' }, options);
  await setUserMfaPreference(client, { accessToken, passkey: 'off' }, options);
  expect(sent).toEqual([
    [
      'SetUserMFAPreference',
      {
        AccessToken: accessToken,
        EmailMfaSettings: { Enabled: true, PreferredMfa: true },
        WebAuthnMfaSettings: { Enabled: true },
      },
    ],
    ['SetUserMFAPreference', { AccessToken: accessToken, WebAuthnMfaSettings: { Enabled: false } }],
  ]);
});

describe('tokens without a sign-in', () => {
  const secretClient = { ...client, clientSecret: 'shh' };
  const now = () => 1000;

  test('getClientToken gives the access token of the client', async () => {
    const result = { AccessToken: 'a', ExpiresIn: 300, TokenType: 'Bearer' };
    const { sent, options } = replies({ ClientAuthenticationResult: result });
    expect(await getClientToken(secretClient, { scopes: ['orders/read'] }, { ...options, now })).toEqual({
      accessToken: 'a',
      expiresIn: 300,
      expiresAt: 301_000,
      tokenType: 'Bearer',
    });
    expect(sent).toEqual([['GetClientToken', { ClientId: 'web', Secret: 'shh', Scopes: ['orders/read'] }]]);
  });

  test('getClientToken without a token is a malformed reply', async () => {
    for (const output of [{}, { ClientAuthenticationResult: { ExpiresIn: 300 } }]) {
      const { options } = replies(output);
      await expect(getClientToken(secretClient, {}, options)).rejects.toMatchObject({
        code: 'REPLY_MALFORMED',
        field: 'AccessToken',
      });
    }
  });

  test('getDerivedToken gives the token that was issued', async () => {
    const output = {
      IssuedToken: 'i',
      IssuedTokenType: 'ACCESS_TOKEN',
      TokenType: 'N_A',
      ExpiresIn: 60,
      Scopes: ['orders/read'],
    };
    const { sent, options } = replies(output, { IssuedToken: 'i' });
    const subject = { subjectToken: 's', subjectTokenType: 'ID_TOKEN' } as const;
    expect(await getDerivedToken(client, { ...subject, resource: 'orders' }, { ...options, now })).toEqual({
      token: 'i',
      issuedTokenType: 'ACCESS_TOKEN',
      expiresIn: 60,
      expiresAt: 61_000,
      tokenType: 'N_A',
      scopes: ['orders/read'],
    });
    expect(await getDerivedToken(secretClient, subject, { ...options, now })).toEqual({
      token: 'i',
      issuedTokenType: '',
      expiresIn: 0,
      expiresAt: 1000,
      tokenType: 'Bearer',
    });
    const input = { ClientId: 'web', SubjectToken: 's', SubjectTokenType: 'ID_TOKEN' };
    expect(sent).toEqual([
      ['GetDerivedToken', { ...input, Resources: ['orders'] }],
      ['GetDerivedToken', { ...input, ClientSecret: 'shh' }],
    ]);
  });

  test('getDerivedToken without a token is a malformed reply', async () => {
    const { options } = replies({});
    const input = { subjectToken: 's', subjectTokenType: 'ID_TOKEN' } as const;
    await expect(getDerivedToken(client, input, options)).rejects.toMatchObject({ field: 'IssuedToken' });
  });
});

describe('bad input is refused by the name of its field, before anything is sent:', () => {
  const secretClient = { ...client, clientSecret: 'shh' };
  const token = { accessToken };
  const derived = { subjectToken: 's', subjectTokenType: 'ID_TOKEN' };
  const feedback = { username: 'alice', eventId: 'e', feedbackToken: 'f', feedback: 'Valid' };
  type Call = (input: never, options: CallOptions) => Promise<unknown>;
  const calls: Readonly<Record<string, Call>> = {
    deleteUser: (input, o) => deleteUser(client, input, o),
    deleteUserAttributes: (input, o) => deleteUserAttributes(client, input, o),
    getUserAuthFactors: (input, o) => getUserAuthFactors(client, input, o),
    listPasskeys: (input, o) => listPasskeys(client, input, o).next(),
    deletePasskey: (input, o) => deletePasskey(client, input, o),
    listUserSessions: (input, o) => listUserSessions(client, input, o).next(),
    revokeUserSession: (input, o) => revokeUserSession(client, input, o),
    revokeToken: (input, o) => revokeToken(client, input, o),
    updateAuthEventFeedback: (input, o) => updateAuthEventFeedback(client, input, o),
    setUserMfaPreference: (input, o) => setUserMfaPreference(client, input, o),
    getClientToken: (input, o) => getClientToken(secretClient, input, o),
    getDerivedToken: (input, o) => getDerivedToken(secretClient, input, o),
  };

  test.each<[string, string, object | undefined]>([
    ['deleteUser', 'input', undefined],
    ['listPasskeys', 'input', undefined],
    ['revokeUserSession', 'input', undefined],
    ['getDerivedToken', 'input', undefined],
    ['deleteUser', 'accessToken', {}],
    ['deleteUserAttributes', 'accessToken', { accessToken: '', attributeNames: ['nickname'] }],
    ['deleteUserAttributes', 'attributeNames', token],
    ['deleteUserAttributes', 'attributeNames', { ...token, attributeNames: [] }],
    ['deleteUserAttributes', 'attributeNames', { ...token, attributeNames: 'nickname' }],
    ['deleteUserAttributes', 'attributeNames', { ...token, attributeNames: ['nickname', ''] }],
    ['getUserAuthFactors', 'accessToken', { accessToken: 7 }],
    ['listPasskeys', 'accessToken', {}],
    ['listPasskeys', 'pageSize', { ...token, pageSize: 0 }],
    ['listPasskeys', 'pageSize', { ...token, pageSize: 21 }],
    ['listPasskeys', 'pageSize', { ...token, pageSize: 1.5 }],
    ['listPasskeys', 'pageSize', { ...token, pageSize: '20' }],
    ['deletePasskey', 'accessToken', { passkeyId: 'id' }],
    ['deletePasskey', 'passkeyId', token],
    ['listUserSessions', 'accessToken', { accessToken: null }],
    ['revokeUserSession', 'accessToken', { sessionId: SESSION_ID }],
    ['revokeUserSession', 'sessionId', token],
    ['revokeUserSession', 'sessionId', { ...token, sessionId: SESSION_ID.toUpperCase() }],
    ['revokeUserSession', 'sessionId', { ...token, sessionId: `${SESSION_ID}\n` }],
    ['revokeUserSession', 'sessionId', { ...token, sessionId: `x${SESSION_ID}` }],
    ['revokeUserSession', 'sessionId', { ...token, sessionId: [SESSION_ID] }],
    [
      'revokeUserSession',
      'revokeAssociatedSessions',
      { ...token, sessionId: SESSION_ID, revokeAssociatedSessions: true },
    ],
    ['revokeToken', 'revokeAssociatedSessions', { refreshToken: 'r', revokeAssociatedSessions: 'ALL' }],
    ['updateAuthEventFeedback', 'username', { ...feedback, username: '' }],
    ['updateAuthEventFeedback', 'eventId', { ...feedback, eventId: undefined }],
    ['updateAuthEventFeedback', 'feedbackToken', { ...feedback, feedbackToken: 7 }],
    ['updateAuthEventFeedback', 'feedback', { ...feedback, feedback: 'valid' }],
    ['setUserMfaPreference', 'passkey', { ...token, passkey: 'preferred' }],
    ['setUserMfaPreference', 'passkey', { ...token, passkey: true }],
    ['setUserMfaPreference', 'sms', { ...token, sms: true }],
    ['setUserMfaPreference', 'email', { ...token, email: 'ON' }],
    ['getClientToken', 'scopes', { scopes: 'orders/read' }],
    ['getClientToken', 'scopes', { scopes: [''] }],
    ['getDerivedToken', 'subjectToken', { subjectTokenType: 'ID_TOKEN' }],
    ['getDerivedToken', 'subjectTokenType', { ...derived, subjectTokenType: 'JWT' }],
    ['getDerivedToken', 'subjectTokenProvider', { ...derived, subjectTokenProvider: '' }],
    ['getDerivedToken', 'actorTokenType', { ...derived, actorToken: 'a' }],
    ['getDerivedToken', 'actorToken', { ...derived, actorTokenType: 'ID_TOKEN' }],
    ['getDerivedToken', 'audience', { ...derived, audience: ['orders'] }],
    ['getDerivedToken', 'resource', { ...derived, audience: 'orders', resource: 'orders' }],
    ['getDerivedToken', 'scopes', { ...derived, scopes: [7] }],
    ['getDerivedToken', 'requestedTokenType', { ...derived, requestedTokenType: 'SAML2' }],
  ])('%s: "%s" of %j', async (name, field, input) => {
    const { sent, options } = replies({});
    const error = await errorOf(async () => calls[name]?.(input as never, options));
    const code = field === 'username' ? 'USERNAME_INVALID' : 'OPTION_INVALID';
    expect(error).toMatchObject({ name: 'ArgumentError', code, field });
    expectNoSecret(error, [accessToken]);
    expect(sent).toEqual([]);
  });

  test('getClientToken of a client without a secret', async () => {
    const { sent, options } = replies({});
    await expect(getClientToken(client, {}, options)).rejects.toMatchObject({
      code: 'CLIENT_SECRET_INVALID',
      field: 'clientSecret',
    });
    expect(sent).toEqual([]);
  });
});
