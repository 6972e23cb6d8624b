/** createUserPool refuses wrong options at once and names the field. */
import { createUserPool, type UserPoolOptions } from '../src/index.ts';

const SECRET = 'Hunter-2-Hunter-2';
const alice = { username: 'alice', password: SECRET };
const PASSKEY = { id: 'AAAA', counter: 0, transports: [], name: 'key', createdAt: 1 };
/** Too deep for JSON.stringify. */
const DEEP = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown;

test.each<[unknown, string]>([
  [null, 'The options must be an object'],
  [{ user: [] }, 'user is not a known field; the fields are userPoolId, clients, users'],
  [{ userPoolId: 'nope' }, 'userPoolId must be like "us-east-1_LocalPool"'],
  [{ clients: [{}] }, 'clients[0].clientId must be a string'],
  [{ clients: [{ clientId: '' }] }, 'clients[0].clientId must be 1 to 128 letters'],
  [
    { clients: [{ clientId: 'a' }, { clientId: 'a' }] },
    'clients[1].clientId must differ from clients[0].clientId',
  ],
  [
    { clients: [{ clientId: 'a', clientSecret: '' }] },
    'clients[0].clientSecret must be a string that is not',
  ],
  [
    { clients: [{ clientId: 'a', refreshTokenValidity: Number.NaN }] },
    'clients[0].refreshTokenValidity must be',
  ],
  [
    { clients: [{ clientId: 'a', accessTokenValidity: 25 }] },
    'clients[0].accessTokenValidity must be a whole number from 1 to 24',
  ],
  [
    { clients: [{ clientId: 'a', idTokenValidity: 1441, tokenValidityUnits: { idToken: 'minutes' } }] },
    'clients[0].idTokenValidity must be a whole number from 1 to 1440',
  ],
  [
    { clients: [{ clientId: 'a', tokenValidityUnits: { accessToken: 'weeks' } }] },
    'clients[0].tokenValidityUnits.accessToken must be one of seconds',
  ],
  [{ clients: [{ clientId: 'a', authSessionValidity: 2 }] }, 'clients[0].authSessionValidity must be'],
  [{ identityProviders: [{ ProviderName: 'Google' }] }, 'identityProviders[0].ProviderType must be one of'],
  [{ identityProviderIssuers: { Google: 'localhost' } }, 'identityProviderIssuers.Google must be an issuer'],
  [{ identityProviderTimeout: 0 }, 'identityProviderTimeout must be'],
  // What has AWS's shape is checked by AWS's model
  [{ userPool: { Policies: 7 } }, 'userPool.Policies must be an object'],
  [
    { userPool: { Policies: { PasswordPolicy: { MinimumLength: '8' } } } },
    'userPool.Policies.PasswordPolicy.MinimumLength must be a number',
  ],
  [{ userPool: { MfaConfiguration: 'MAYBE' } }, 'userPool.MfaConfiguration must be one of OPTIONAL'],
  [{ userPool: { CreationDate: 'once' } }, 'userPool.CreationDate must be a number of seconds or a date'],
  [{ userPool: { UserPoolTags: ['a'] } }, 'userPool.UserPoolTags must be an object'],
  [
    { verifiedBeforeUpdate: ['phone_number', 'email'], autoVerifiedAttributes: ['phone_number'] },
    'verifiedBeforeUpdate[1] must be one of autoVerifiedAttributes',
  ],
  [
    { verifiedBeforeUpdate: ['email'], userPool: { AutoVerifiedAttributes: [] } },
    'verifiedBeforeUpdate[0] must be one of userPool.AutoVerifiedAttributes',
  ],
  [
    {
      autoVerifiedAttributes: ['phone_number'],
      userPool: {
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      },
    },
    'userPool.UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate[0] must be one of autoVerifiedAttributes',
  ],
  [
    {
      verifiedBeforeUpdate: ['phone_number'],
      userPool: {
        AutoVerifiedAttributes: ['phone_number'],
        UserAttributeUpdateSettings: {
          AttributesRequireVerificationBeforeUpdate: ['phone_number', 'email'],
        },
      },
    },
    'userPool.UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate[1] must be one of userPool.AutoVerifiedAttributes',
  ],
  [{ schema: ['points'] }, 'schema[0] must be an object'],
  [{ schema: [{ Name: 'points', Mutable: 'yes' }] }, 'schema[0].Mutable must be true or false'],
  [
    { clients: [{ ClientId: 'a', ExplicitAuthFlows: [7] }] },
    'clients[0].ExplicitAuthFlows[0] must be one of',
  ],
  [
    { clients: [{ ClientId: 'a', AllowedOAuthScopes: 'openid' }] },
    'clients[0].AllowedOAuthScopes must be an array',
  ],
  [{ clients: [{ ClientId: 'a', ssoMinutes: 'x' }] }, 'clients[0].ssoMinutes must be'],
  [{ clients: [{ ClientId: 'a', Newer: DEEP }] }, 'clients[0] must be JSON that is not as deep'],
  [{ groups: [{ GroupName: 'g', Precedence: '1' }] }, 'groups[0].Precedence must be a number'],
  [
    { documents: [{ kind: 'identityProvider', id: 'x', document: { ProviderDetails: 'x' } }] },
    'documents[0].document.ProviderDetails must be an object',
  ],
  [
    { documents: [{ kind: 'domain', id: 'x', document: { Newer: DEEP } }] },
    'documents[0].document must be JSON that is not as deep',
  ],
  [
    { users: [{ ...alice, passkeys: [{ ...PASSKEY, publicKey: 'AAAAA' }] }] },
    'users[0].passkeys[0].publicKey must be base64url',
  ],
  [{ resourceServers: [{ identifier: 'a b', scopes: [] }] }, 'resourceServers[0].identifier must be'],
  [{ resourceServers: [{ identifier: 'a' }] }, 'resourceServers[0].scopes must be an array'],
  [
    { resourceServers: [{ identifier: 'a', scopes: ['b/c'] }] },
    'resourceServers[0].scopes[0] must be 1 to 256 characters of ASCII without spaces, quotes, slashes',
  ],
  [{ users: [{ password: SECRET }] }, 'users[0].username must be a string'],
  [{ users: [{ ...alice, username: '' }] }, 'users[0].username must be a string that is not empty'],
  [{ users: [{ ...alice, password: '' }] }, 'users[0].password must be a string that is not empty'],
  [{ users: [{ ...alice, password: 7 }] }, 'users[0].password must be a string'],
  [{ users: [{ ...alice, pasword: SECRET }] }, 'users[0].pasword is not a known field'],
  [{ users: [{ ...alice, status: 'FINE' }] }, 'users[0].status must be one of CONFIRMED'],
  [{ users: [alice, alice] }, 'users[1].username must differ from users[0].username'],
  [
    {
      users: [
        { ...alice, aliases: ['x'] },
        { username: 'bob', aliases: ['x'] },
      ],
    },
    'users[1].aliases[0] must differ from users[0].aliases[0]',
  ],
  [
    { users: [{ ...alice, aliases: ['bob'] }, { username: 'bob' }] },
    'users[0].aliases[0] must differ from users[1].username',
  ],
  [
    { clients: [{ clientId: 'web', refreshTokenRotation: { gracePeriodSeconds: 61 } }] },
    'clients[0].refreshTokenRotation.gracePeriodSeconds must be a whole number from 0 to 60',
  ],
  [{ faults: [{ name: 'html', status: 99 }] }, 'faults[0].status must be a whole number from 200 to 599'],
  [{ faults: [{ name: 'html', status: 200.5 }] }, 'faults[0].status must be a whole number'],
  [
    { faults: [{ name: 'slow', operation: 'InitateAuth' }] },
    'faults[0].operation must be the name of an operation, such as InitiateAuth',
  ],
  [
    { faults: [{ name: 'slow', challengeName: 'PASSWORD_VERIFER' }] },
    'faults[0].challengeName must be one of PASSWORD_VERIFIER, ',
  ],
  [{ faults: [{ name: 'slow', nth: 1.5 }] }, 'faults[0].nth must be a whole number of 1 or more'],
  [{ faults: [{ name: 'slow', times: 0 }] }, 'faults[0].times must be a whole number of 1 or more'],
  [
    { userPoolId: `local_${'a'.repeat(50)}` },
    'userPoolId must be like "us-east-1_LocalPool", of 55 characters or fewer',
  ],
  [{ tokenValidity: Number.NaN }, 'tokenValidity must be a whole number from 1 to 86400'],
  [{ tokenValidity: 86_401 }, 'tokenValidity must be a whole number from 1 to 86400'],
  [{ authSessionValidity: 2 }, 'authSessionValidity must be a whole number from 3 to 15'],
  [{ authSessionValidity: 16 }, 'authSessionValidity must be a whole number from 3 to 15'],
  [
    { passwordPolicy: { minimumLength: 5 } },
    'passwordPolicy.minimumLength must be a whole number from 6 to 99',
  ],
  [{ passwordPolicy: { minimumLength: 100 } }, 'passwordPolicy.minimumLength must be a whole number from 6'],
  [{ timestampTolerance: 0 }, 'timestampTolerance must be a number greater than 0'],
  [
    { clients: [{ clientId: 'a', refreshTokenValidity: 3651 }] },
    'clients[0].refreshTokenValidity must be a whole number from 1 to 3650',
  ],
  [{ triggers: { define: () => {} } }, 'triggers.define is not a known field'],
  [{ triggers: { defineAuthChallenge: true } }, 'triggers.defineAuthChallenge must be a function'],
  [{ now: 0 }, 'now must be a function'],
  [{ rng: new Uint8Array(32) }, 'rng must be a function'],
  [{ rng: () => new Uint8Array(8) }, 'rng must return a Uint8Array of the requested length'],
  [{ rng: (length: number) => Array(length).fill(1) }, 'rng must return a Uint8Array'],
])('refuses options %#: a TypeError that names the field, and quotes no value', (options, message) => {
  const create = () => createUserPool(options as UserPoolOptions);
  expect(create).toThrow(TypeError);
  expect(create).toThrow(message);
  expect(create).not.toThrow(SECRET);
});

test('takes the least and the greatest that the service takes', () => {
  for (const [minimumLength, authSessionValidity, tokenValidity, refreshTokenValidity] of [
    [6, 3, 1, 1],
    [99, 15, 86_400, 3650],
  ] as const) {
    const clients = [{ clientId: 'web', refreshTokenValidity }];
    const userPoolId = `local_${'a'.repeat(49)}`;
    const passwordPolicy = { minimumLength };
    const options = { clients, userPoolId, passwordPolicy, authSessionValidity, tokenValidity };
    expect(createUserPool(options)).toMatchObject({ userPoolId });
  }
});

test('takes a user without a password, a name that is also the own alias, and options that are undefined', () => {
  const users = [
    { username: 'a@b.example', aliases: ['a@b.example', 'ann', 'ann'], password: undefined },
    { username: 'bob' },
  ];
  const pool = createUserPool({ users, clients: undefined, mfa: undefined } as object);
  expect(pool.users.find('ann')).toMatchObject({ username: 'a@b.example', hasPassword: false });
});

test('members that AWS may add, and dates as its command writes them, are taken where a shape is AWS’s', () => {
  const clients = [{ ClientId: 'a', NewerSetting: { Enabled: true } }];
  const options = {
    clients,
    userPool: { NewerSetting: 1, CreationDate: '2026-11-27T12:00:00+01:00' },
    schema: [{ Name: 'points', NewerSetting: 'x' }],
  };
  expect(() => createUserPool(options as unknown as UserPoolOptions)).not.toThrow();
});
