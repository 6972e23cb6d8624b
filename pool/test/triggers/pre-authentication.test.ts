/** PreAuthentication gets the event of AWS's guide before any factor is checked, and can refuse the sign-in. */
import { PASSWORD, refused, signedIn, srpClient, WRONG_PASSWORD } from '../wire.ts';
import {
  attributesOf,
  createTriggerWire,
  eventOf,
  failedText,
  failing,
  unchanged,
} from './record-triggers.ts';

const SOURCE = 'PreAuthentication_Authentication';
const REFUSAL = refused('UserLambdaValidationException', failedText('PreAuthentication'));
const client = (explicitAuthFlows?: readonly string[]) => [
  {
    clientId: 'web',
    explicitAuthFlows: explicitAuthFlows ?? ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
  },
];

test('the ClientMetadata of InitiateAuth is validationData', async () => {
  const wire = createTriggerWire({ preAuthentication: unchanged });
  const parameters = { USERNAME: 'alice', PASSWORD };
  await wire.initiate('USER_PASSWORD_AUTH', parameters, { ClientMetadata: { captcha: 'right' } });
  const userAttributes = attributesOf(wire);
  expect(wire.takeEvents()).toEqual([
    eventOf(SOURCE, { userAttributes, validationData: { captcha: 'right' } }),
  ]);
});

test.each([
  ['USER_PASSWORD_AUTH', { PASSWORD }],
  ['USER_SRP_AUTH', {}],
  ['USER_AUTH', {}],
])('%s runs it once, with null where there is no metadata', async (flow, parameters) => {
  const wire = createTriggerWire({ preAuthentication: unchanged });
  const { SRP_A } = srpClient(wire);
  await wire.initiate(flow, { USERNAME: 'alice', SRP_A, ...parameters });
  expect(wire.takeEvents()).toEqual([
    eventOf(SOURCE, { userAttributes: attributesOf(wire), validationData: null }),
  ]);
});

test('AdminInitiateAuth runs it as InitiateAuth does', async () => {
  const wire = createTriggerWire({ preAuthentication: unchanged });
  const input = {
    ClientId: 'web',
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'alice', PASSWORD },
    ClientMetadata: { captcha: 'right' },
  };
  expect(await wire.admin('AdminInitiateAuth', input)).toMatchObject(signedIn);
  expect(wire.takeEvents()).toMatchObject([{ request: { validationData: { captcha: 'right' } } }]);
});

test('it runs before the password is checked, also for a wrong one', async () => {
  const wire = createTriggerWire({ preAuthentication: unchanged });
  const wrong = { USERNAME: 'alice', PASSWORD: 'wrong' };
  expect(await wire.initiate('USER_PASSWORD_AUTH', wrong)).toMatchObject(WRONG_PASSWORD);
  expect(wire.takeEvents()).toHaveLength(1);
});

test('a trigger that throws refuses the sign-in, and counts no failure', async () => {
  const wire = createTriggerWire({ preAuthentication: failing });
  expect(await wire.signIn()).toMatchObject(REFUSAL);
  const { SRP_A } = srpClient(wire);
  expect(await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A })).toMatchObject(REFUSAL);
  expect(wire.pool.users.find('alice')?.failures.count).toBe(0);
});

test('answers and refreshes do not run it', async () => {
  const wire = createTriggerWire({ preAuthentication: unchanged });
  const { SRP_A, prove } = srpClient(wire);
  const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
  wire.takeEvents();
  const { AuthenticationResult } = await wire.respond('PASSWORD_VERIFIER', asked.Session, prove(asked));
  const REFRESH_TOKEN = AuthenticationResult.RefreshToken;
  expect(await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN })).toMatchObject(signedIn);
  expect(wire.takeEvents()).toEqual([]);
});

describe('a client that hides who exists', () => {
  const hiding = { preventUserExistenceErrors: true };

  test('tells that a user exists', async () => {
    const wire = createTriggerWire({ preAuthentication: unchanged }, hiding);
    await wire.signIn();
    const userAttributes = attributesOf(wire);
    expect(wire.takeEvents()).toEqual([
      eventOf(SOURCE, { userAttributes, validationData: null, userNotFound: false }),
    ]);
  });

  test.each(['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH'])(
    'runs it in %s for a name that nobody has',
    async (flow) => {
      const wire = createTriggerWire({ preAuthentication: unchanged }, hiding);
      const { SRP_A } = srpClient(wire);
      await wire.initiate(flow, { USERNAME: 'nobody', PASSWORD, SRP_A });
      expect(wire.takeEvents()).toEqual([
        eventOf(
          SOURCE,
          { userAttributes: {}, validationData: null, userNotFound: true },
          {},
          { userName: 'nobody' },
        ),
      ]);
    },
  );

  test('gets the same refusal of the trigger for every name', async () => {
    const wire = createTriggerWire({ preAuthentication: failing }, hiding);
    expect(await wire.signIn('nobody')).toEqual(await wire.signIn('alice'));
  });

  test('goes on with SRP for a name that nobody has', async () => {
    const wire = createTriggerWire({ preAuthentication: unchanged }, hiding);
    const { SRP_A, prove } = srpClient(wire);
    const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'nobody', SRP_A });
    expect(asked).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' });
    const answer = { ...prove(asked), USERNAME: 'nobody' };
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, answer)).toMatchObject(WRONG_PASSWORD);
  });
});

test('a client that tells who exists does not run it for a name that nobody has', async () => {
  const wire = createTriggerWire({ preAuthentication: unchanged }, { clients: client() });
  expect(await wire.signIn('nobody')).toMatchObject(refused('UserNotFoundException', 'User does not exist.'));
  expect(wire.takeEvents()).toEqual([]);
});

test('a user who is removed while it runs does not sign in', async () => {
  const wire = createTriggerWire({
    preAuthentication: (event) => {
      wire.pool.users.remove('alice');
      return event;
    },
  });
  expect(await wire.signIn()).toMatchObject(refused('UserNotFoundException', 'User does not exist.'));
});
