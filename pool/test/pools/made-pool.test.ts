/** Users sign up and in where administrators have made the pool and its client while the service runs. */
import { confirmSignUp, signIn, signUp } from '../../../src/index.ts';
import { claimsOf } from '../raw-calls.ts';
import { PASSWORD, type Reply, refused, SESSION_EXPIRED, signedIn, type Texts } from '../wire.ts';
import { type AdminWire, createAdminWire } from './admin-wire.ts';

const EMAIL = 'ann@example.com';

/** Users sign in with an e-mail address, must have a given name, and may have nothing that is not in the schema. */
const POOL = {
  UsernameAttributes: ['email'],
  AutoVerifiedAttributes: ['email'],
  Schema: [
    { Name: 'given_name', AttributeDataType: 'String', Mutable: true, Required: true },
    {
      Name: 'team',
      AttributeDataType: 'String',
      Mutable: true,
      StringAttributeConstraints: { MinLength: '2', MaxLength: '8' },
    },
  ],
};

const ATTRIBUTES: Texts = { given_name: 'Ann', 'custom:team': 'blue' };

interface MadeClient {
  readonly UserPoolId: string;
  readonly ClientId: string;
}

async function createClient(wire: AdminWire, pool: object, client: object = {}): Promise<MadeClient> {
  const UserPoolId = await wire.createPool(pool);
  const { UserPoolClient } = await wire.onPool(
    'CreateUserPoolClient',
    { ClientName: 'app', ...client },
    UserPoolId,
  );
  return { UserPoolId, ClientId: (UserPoolClient as MadeClient).ClientId };
}

/** The newest code that any pool of the service has sent. */
async function lastCode({ pool }: AdminWire): Promise<string> {
  const sent = (await (await pool.fetch('http://127.0.0.1/_/outbox')).json()) as readonly {
    readonly code: string;
  }[];
  return sent.at(-1)?.code ?? 'none';
}

describe('a pool made by CreateUserPool with a client made by CreateUserPoolClient', () => {
  test('signs a user up by e-mail address and in by SRP', async () => {
    // The client library proves the password at its own time
    const wire = createAdminWire({ now: Date.now });
    const { UserPoolId: userPoolId, ClientId: clientId } = await createClient(wire, POOL);
    const client = { userPoolId, clientId, endpoint: 'http://127.0.0.1' };
    const options = { fetch: wire.pool.fetch };
    const { userSub, confirmed, delivery } = await signUp(
      client,
      { username: EMAIL, password: PASSWORD, attributes: ATTRIBUTES },
      options,
    );
    expect({ confirmed, delivery }).toMatchObject({ confirmed: false, delivery: { medium: 'EMAIL' } });
    const credentials = { username: EMAIL, password: PASSWORD };
    await expect(signIn(client, credentials, options)).rejects.toMatchObject({ code: 'USER_NOT_CONFIRMED' });
    await confirmSignUp(client, { username: EMAIL, code: await lastCode(wire) }, options);

    const step = await signIn(client, credentials, options);
    // The user name is the sub, and the address is an attribute
    expect(step).toMatchObject({ status: 'signed-in', username: userSub });
    const { tokens } = step as { readonly tokens: { readonly idToken: string } };
    expect(claimsOf(tokens.idToken)).toMatchObject({
      ...ATTRIBUTES,
      aud: clientId,
      email: EMAIL,
      email_verified: true,
      iss: expect.stringContaining(userPoolId),
      sub: userSub,
    });
    await expect(signIn(client, { ...credentials, password: 'wrong' }, options)).rejects.toMatchObject({
      code: 'INCORRECT_USERNAME_OR_PASSWORD',
    });
    // The first pool of the service does not have this user
    const first = { ...client, userPoolId: wire.pool.userPoolId, clientId: 'web' };
    await expect(signIn(first, credentials, options)).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  test.each<[string, string, Texts, string]>([
    ['a name that is not an e-mail address', 'ann', ATTRIBUTES, 'Username should be an email.'],
    [
      'no value for the required attribute',
      EMAIL,
      {},
      'Attributes did not conform to the schema: name.givenName: The attribute name.givenName is required',
    ],
    [
      'an attribute that is not in the schema',
      EMAIL,
      { ...ATTRIBUTES, 'custom:role': 'writer' },
      'Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined',
    ],
    [
      'a value that is too long',
      EMAIL,
      { ...ATTRIBUTES, 'custom:team': 'ultramarine' },
      'Attributes did not conform to the schema: custom:team: String must be no longer than 8 characters\n',
    ],
  ])('refuses a sign-up with %s', async (_, Username, attributes, message) => {
    const wire = createAdminWire();
    const { UserPoolId, ClientId } = await createClient(wire, POOL);
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    expect(await wire.call('SignUp', { ClientId, Username, Password: PASSWORD, UserAttributes })).toEqual(
      refused('InvalidParameterException', message),
    );
    expect(await wire.onPool('ListUsers', {}, UserPoolId)).toEqual({ status: 200, Users: [] });
  });
});

describe('UpdateUserPoolClient acts on the next sign-in:', () => {
  const begin = async () => {
    const wire = createAdminWire();
    const made = await createClient(wire, {}, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    const { UserPoolId, ClientId } = made;
    const password = { Username: 'ann', Password: PASSWORD, Permanent: true };
    await wire.onPool('AdminCreateUser', { Username: 'ann', MessageAction: 'SUPPRESS' }, UserPoolId);
    await wire.onPool('AdminSetUserPassword', password, UserPoolId);
    const AuthParameters = { USERNAME: 'ann', PASSWORD };
    return {
      ...wire,
      onMade: (operation: string, input: object) => wire.onPool(operation, input, UserPoolId),
      signInWith: (AuthFlow: string) => wire.call('InitiateAuth', { ClientId, AuthFlow, AuthParameters }),
      answer: (ChallengeName: string, Session: string, responses: Texts) =>
        wire.call('RespondToAuthChallenge', {
          ClientId,
          ChallengeName,
          Session,
          ChallengeResponses: { USERNAME: 'ann', ...responses },
        }),
      update: (settings: object): Promise<Reply> =>
        wire.onPool('UpdateUserPoolClient', { ClientId, ...settings }, UserPoolId),
    };
  };

  test('ExplicitAuthFlows', async () => {
    const { signInWith, update } = await begin();
    expect(await signInWith('USER_PASSWORD_AUTH')).toMatchObject(signedIn);
    const notEnabled = (flow: string) =>
      refused('InvalidParameterException', `${flow} flow not enabled for this client`);
    expect(await signInWith('USER_AUTH')).toEqual(notEnabled('USER_AUTH'));
    expect(await update({ ExplicitAuthFlows: ['ALLOW_USER_AUTH'] })).toMatchObject({ status: 200 });
    expect(await signInWith('USER_AUTH')).toMatchObject({ status: 200, ChallengeName: 'SELECT_CHALLENGE' });
    expect(await signInWith('USER_PASSWORD_AUTH')).toEqual(notEnabled('USER_PASSWORD_AUTH'));
  });

  test('AccessTokenValidity', async () => {
    const { call, signInWith, update, wait } = await begin();
    const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH'];
    const before = (await signInWith('USER_PASSWORD_AUTH')).AuthenticationResult;
    const validity = { AccessTokenValidity: 10, TokenValidityUnits: { AccessToken: 'minutes' } };
    await update({ ExplicitAuthFlows, ...validity });
    const { AuthenticationResult: after } = await signInWith('USER_PASSWORD_AUTH');
    expect(before).toMatchObject({ ExpiresIn: 3600 });
    expect(after).toMatchObject({ ExpiresIn: 600 });
    wait(600);
    expect(await call('GetUser', { AccessToken: after.AccessToken })).toEqual(
      refused('NotAuthorizedException', 'Access Token has expired'),
    );
    // A token that was issued before keeps its time
    expect(await call('GetUser', { AccessToken: before.AccessToken })).toMatchObject({ Username: 'ann' });
  });

  test('AuthSessionValidity', async () => {
    const { answer, onMade, signInWith, update, wait } = await begin();
    await onMade('AdminSetUserPassword', { Username: 'ann', Password: PASSWORD, Permanent: false });
    const minutesLater = async (minutes: number) => {
      const { Session } = await signInWith('USER_PASSWORD_AUTH');
      wait(minutes * 60);
      return answer('NEW_PASSWORD_REQUIRED', Session, { NEW_PASSWORD: 'Another-Horse-8' });
    };
    expect(await minutesLater(3)).toEqual(SESSION_EXPIRED);
    await update({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], AuthSessionValidity: 5 });
    expect(await minutesLater(5)).toEqual(SESSION_EXPIRED);
    expect(await minutesLater(4)).toMatchObject(signedIn);
  });
});
