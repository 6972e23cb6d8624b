/** What InitiateAuth and RespondToAuthChallenge must be given: flows, their parameters, and the members of each answer. */
import { createAdmin } from './admin-calls.ts';
import { createWire, PASSWORD, refused, signedIn, srpClient, type Texts } from './wire.ts';

const missing = (name: string) => refused('InvalidParameterException', `Missing required parameter ${name}`);
const NOT_SUPPORTED = refused('InvalidParameterException', 'Initiate Auth method not supported.');
const ADMIN_NOT_ENABLED = 'Auth flow not enabled for this client';

/** Flow → the operations that it is for, the settings that enable it, the parameters that it needs, and the text if it is off. */
const FLOWS: Readonly<
  Record<
    string,
    readonly [apis: readonly string[], by: readonly string[], needs: readonly string[], notEnabled: string]
  >
> = {
  USER_SRP_AUTH: [
    ['InitiateAuth', 'AdminInitiateAuth'],
    ['ALLOW_USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
    ['SRP_A'],
    'USER_SRP_AUTH is not enabled for the client.',
  ],
  USER_PASSWORD_AUTH: [
    ['InitiateAuth'],
    ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'],
    ['PASSWORD'],
    'USER_PASSWORD_AUTH flow not enabled for this client',
  ],
  ADMIN_USER_PASSWORD_AUTH: [
    ['AdminInitiateAuth'],
    ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
    ['PASSWORD'],
    ADMIN_NOT_ENABLED,
  ],
  ADMIN_NO_SRP_AUTH: [
    ['AdminInitiateAuth'],
    ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
    ['PASSWORD'],
    ADMIN_NOT_ENABLED,
  ],
  USER_AUTH: [
    ['InitiateAuth', 'AdminInitiateAuth'],
    ['ALLOW_USER_AUTH'],
    [],
    'USER_AUTH flow not enabled for this client',
  ],
};
const PARAMETERS: Texts = { USERNAME: 'alice', PASSWORD, SRP_A: '2' };
const without = (name: string): Texts =>
  Object.fromEntries(Object.entries(PARAMETERS).filter(([key]) => key !== name));

describe.each(Object.entries(FLOWS))('%s', (AuthFlow, [apis, enabledBy, needs, notEnabled]) => {
  /** A client for which this setting alone is made. */
  const worldOf = (setting: string) => {
    const { admin, ...wire } = createAdmin({ clients: [{ clientId: 'web', explicitAuthFlows: [setting] }] });
    const initiate = (api: string, AuthParameters: Texts) => {
      const input = { ClientId: 'web', AuthFlow, AuthParameters };
      return api === 'AdminInitiateAuth' ? admin(api, input) : wire.call(api, input);
    };
    return { ...wire, initiate };
  };

  test.each(enabledBy)('is enabled by %s', async (setting) => {
    const { initiate } = worldOf(setting);
    for (const api of apis) expect(await initiate(api, PARAMETERS)).toMatchObject({ status: 200 });
  });

  test('is not enabled by the settings of the others', async () => {
    const others = Object.values(FLOWS).flatMap(([, by]) => by);
    for (const setting of others.filter((other) => !enabledBy.includes(other))) {
      const { initiate } = worldOf(setting);
      expect(await initiate(apis[0] as string, PARAMETERS)).toMatchObject(
        refused('InvalidParameterException', notEnabled),
      );
    }
  });

  test('is refused by the operation that it is not for', async () => {
    const { initiate } = worldOf(enabledBy[0] as string);
    for (const api of ['InitiateAuth', 'AdminInitiateAuth'].filter((other) => !apis.includes(other))) {
      expect(await initiate(api, PARAMETERS)).toMatchObject(NOT_SUPPORTED);
    }
  });

  test.each(['USERNAME', ...needs])('needs %s', async (name) => {
    const { initiate } = worldOf(enabledBy[0] as string);
    expect(await initiate(apis[0] as string, without(name))).toMatchObject(missing(name));
  });
});

describe('CUSTOM_AUTH', () => {
  const NOT_ENABLED = refused('InvalidParameterException', 'CUSTOM_AUTH is not enabled for the client.');

  test.each(['ALLOW_CUSTOM_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'])('is enabled by %s', async (setting) => {
    const wire = createWire({ clients: [{ clientId: 'web', explicitAuthFlows: [setting] }] });
    expect(await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' })).not.toMatchObject(NOT_ENABLED);
    expect(await wire.initiate('USER_SRP_AUTH', PARAMETERS)).toMatchObject({
      message: 'USER_SRP_AUTH is not enabled for the client.',
    });
  });

  test('is refused if it is not enabled', async () => {
    const wire = createWire({ clients: [{ clientId: 'web', explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }] });
    expect(await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' })).toMatchObject(NOT_ENABLED);
  });

  test('needs SRP_A where the password comes first', async () => {
    const wire = createWire();
    const parameters = { USERNAME: 'alice', CHALLENGE_NAME: 'SRP_A' };
    expect(await wire.initiate('CUSTOM_AUTH', parameters)).toMatchObject(missing('SRP_A'));
  });
});

test('a flow that nobody knows is not supported', async () => {
  const wire = createWire();
  for (const flow of ['toString', 'USER_PIN_AUTH']) {
    expect(await wire.initiate(flow, PARAMETERS)).toMatchObject({
      status: 400,
      __type: 'InvalidParameterException',
    });
  }
});

test('AdminInitiateAuth names a client that the pool does not have', async () => {
  const { admin, pool } = createAdmin();
  const input = { ClientId: 'nobodys', AuthFlow: 'USER_SRP_AUTH', AuthParameters: PARAMETERS };
  const message = `User pool client nobodys does not exist in user pool ${pool.userPoolId}.`;
  expect(await admin('AdminInitiateAuth', input)).toMatchObject(
    refused('ResourceNotFoundException', message),
  );
});

describe('an answer', () => {
  const CLAIM = { PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA', PASSWORD_CLAIM_SIGNATURE: 'AAAA' };

  test.each<[string, Texts, string]>([
    ['PASSWORD_VERIFIER', {}, 'PASSWORD_CLAIM_SECRET_BLOCK'],
    ['PASSWORD_VERIFIER', { PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA' }, 'PASSWORD_CLAIM_SIGNATURE'],
    ['PASSWORD_VERIFIER', CLAIM, 'TIMESTAMP'],
    ['DEVICE_PASSWORD_VERIFIER', CLAIM, 'TIMESTAMP'],
    ['NEW_PASSWORD_REQUIRED', {}, 'NEW_PASSWORD'],
    ['SMS_MFA', {}, 'SMS_MFA_CODE'],
    ['EMAIL_OTP', {}, 'EMAIL_OTP_CODE'],
    ['SMS_OTP', {}, 'SMS_OTP_CODE'],
    ['SOFTWARE_TOKEN_MFA', {}, 'SOFTWARE_TOKEN_MFA_CODE'],
    ['SELECT_MFA_TYPE', {}, 'ANSWER'],
    ['SELECT_CHALLENGE', {}, 'ANSWER'],
    ['PASSWORD', {}, 'PASSWORD'],
    ['PASSWORD_SRP', {}, 'SRP_A'],
    ['WEB_AUTHN', {}, 'CREDENTIAL'],
    ['CUSTOM_CHALLENGE', {}, 'ANSWER'],
    ['DEVICE_SRP_AUTH', {}, 'SRP_A'],
  ])(
    'to %s with %j lacks %s, which is said before its Session is looked at',
    async (name, responses, member) => {
      const wire = createWire();
      expect(await wire.respond(name, undefined, responses)).toMatchObject(missing(member));
    },
  );

  test.each([
    ['SMS_MFA', { SMS_MFA_CODE: '1' }],
    ['MFA_SETUP', {}],
    ['DEVICE_SRP_AUTH', { SRP_A: '2' }],
  ])('to %s needs a Session', async (name, responses) => {
    const wire = createWire({ deviceSession: 'required' });
    expect(await wire.respond(name, undefined, responses)).toMatchObject(missing('Session'));
  });

  test('needs a USERNAME', async () => {
    const wire = createWire();
    const input = { ClientId: 'web', ChallengeName: 'SMS_MFA', ChallengeResponses: { SMS_MFA_CODE: '1' } };
    expect(await wire.call('RespondToAuthChallenge', input)).toMatchObject(missing('USERNAME'));
  });

  test('to another challenge than the one that is asked is refused, and the Session stays good', async () => {
    const email = 'alice@example.com';
    const wire = createWire({
      users: [{ username: 'alice', password: PASSWORD, attributes: { email }, mfa: { email: true } }],
    });
    const { Session } = await wire.signIn();
    expect(await wire.respond('SMS_MFA', Session, { SMS_MFA_CODE: wire.lastCode() })).toMatchObject({
      status: 400,
      __type: 'CodeMismatchException',
    });
    expect(await wire.respond('EMAIL_OTP', Session, { EMAIL_OTP_CODE: wire.lastCode() })).toMatchObject(
      signedIn,
    );
  });
});

describe('SRP_A', () => {
  test.each([
    [770, 200],
    [771, 400],
  ])('of %i digits is answered with HTTP %i', async (digits, status) => {
    const wire = createWire();
    const reply = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A: '1'.repeat(digits) });
    expect(reply.status).toBe(status);
    if (status === 400) expect(reply).toMatchObject({ message: 'Invalid SRP_A' });
  });

  test.each(['-2', ' 2', '2 ', 'g', '0x2'])(
    '%j is refused, because it has other characters than hexadecimal digits',
    async (SRP_A) => {
      const wire = createWire();
      expect(await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A })).toMatchObject(
        refused('InvalidParameterException', 'Invalid SRP_A'),
      );
    },
  );

  test('is the same number in capital letters', async () => {
    const wire = createWire();
    const { SRP_A, prove } = srpClient(wire);
    const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A: SRP_A.toUpperCase() });
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(asked))).toMatchObject(signedIn);
  });
});
