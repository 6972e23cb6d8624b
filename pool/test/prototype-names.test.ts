/** Names that every object of JavaScript has are names like others, in requests and in the data folder. */
import { SIGNED } from './admin-calls.ts';
import { POOL_ID, startKept } from './kept/restarts.ts';
import { PASSWORD } from './wire.ts';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'] as const;

const CLIENTS = [{ clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] }];

test.each(NAMES)('%s is no flow, challenge, operation, client, pool or attribute', async (name) => {
  const kept = await startKept({ clients: CLIENTS, users: [{ username: 'alice', password: PASSWORD }] });
  try {
    const { call, admin } = kept;
    const parameters = { USERNAME: 'alice', PASSWORD };
    const answers = [
      await call('InitiateAuth', { ClientId: 'web', AuthFlow: name, AuthParameters: parameters }),
      await call('RespondToAuthChallenge', {
        ClientId: 'web',
        ChallengeName: name,
        ChallengeResponses: { USERNAME: 'alice' },
        Session: 'a session that is not one',
      }),
      await call(name, {}),
      await call('InitiateAuth', {
        ClientId: name,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: parameters,
      }),
      await call('AdminGetUser', { UserPoolId: `eu-west-1_${name}`, Username: 'alice' }, SIGNED),
      await admin('ListUsers', { UserPoolId: POOL_ID, Filter: `${name} = "alice"` }),
      await admin('ListUsers', { UserPoolId: POOL_ID, AttributesToGet: [name] }),
      await kept.signIn(name, PASSWORD),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
    expect(answers.map(({ __type }) => __type)).not.toContain('InternalErrorException');
  } finally {
    await kept.end();
  }
});

test('users, groups and tags of such names are kept, found and nothing else', async () => {
  const kept = await startKept({ clients: CLIENTS });
  try {
    const { admin, call } = kept;
    for (const name of NAMES) {
      const signUp = { ClientId: 'web', Username: name, Password: PASSWORD };
      // A literal with this key would set the prototype
      const metadata = JSON.parse('{"__proto__":"a","constructor":"b"}') as object;
      expect(await call('SignUp', { ...signUp, ClientMetadata: metadata })).toMatchObject({ status: 200 });
      expect(await admin('AdminConfirmSignUp', { UserPoolId: POOL_ID, Username: name })).toMatchObject({
        status: 200,
      });
      expect(await admin('CreateGroup', { UserPoolId: POOL_ID, GroupName: name })).toMatchObject({
        status: 200,
      });
      const joined = { UserPoolId: POOL_ID, GroupName: name, Username: name };
      expect(await admin('AdminAddUserToGroup', joined)).toMatchObject({ status: 200 });
    }
    await kept.restart({ clients: CLIENTS });
    for (const name of NAMES) {
      const { AuthenticationResult } = await kept.signIn(name, PASSWORD);
      const [, claims = ''] = AuthenticationResult.AccessToken.split('.');
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
        username: name,
        'cognito:groups': [name],
      });
    }
    expect((await admin('ListUsers', { UserPoolId: POOL_ID }))['Users']).toHaveLength(NAMES.length);
    expect({}).not.toHaveProperty('polluted');
    expect(Object.keys(Object.prototype)).toEqual([]);
  } finally {
    await kept.end();
  }
});
