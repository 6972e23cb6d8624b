/** PostAuthentication gets the event of AWS's guide after the last challenge, and can still refuse the sign-in. */
import { PASSWORD, refused, SESSION_USED, signedIn, srpClient, WRONG_PASSWORD } from '../wire.ts';
import {
  attributesOf,
  createTriggerWire,
  eventOf,
  failedText,
  failing,
  unchanged,
} from './record-triggers.ts';

const SOURCE = 'PostAuthentication_Authentication';
const REFUSAL = refused('UserLambdaValidationException', failedText('PostAuthentication'));
const ClientMetadata = { tenant: 'a' };

test('a sign-in in one request sends no metadata, because that of InitiateAuth is not passed on', async () => {
  const wire = createTriggerWire({ postAuthentication: unchanged });
  await wire.initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD }, { ClientMetadata });
  expect(wire.takeEvents()).toEqual([
    eventOf(SOURCE, { userAttributes: attributesOf(wire), newDeviceUsed: false }),
  ]);
});

test('the metadata of the last answer is passed on', async () => {
  const wire = createTriggerWire({ postAuthentication: unchanged });
  const { SRP_A, prove } = srpClient(wire);
  const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
  await wire.respond('PASSWORD_VERIFIER', asked.Session, prove(asked), { ClientMetadata });
  const userAttributes = attributesOf(wire);
  expect(wire.takeEvents()).toEqual([
    eventOf(SOURCE, { userAttributes, newDeviceUsed: false, clientMetadata: ClientMetadata }),
  ]);
});

test('it runs once, after the second factor', async () => {
  const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }];
  const wire = createTriggerWire({ postAuthentication: unchanged }, { users });
  const asked = await wire.signIn();
  expect(wire.takeEvents()).toEqual([]);
  const responses = { SMS_MFA_CODE: wire.lastCode() };
  expect(await wire.respond('SMS_MFA', asked.Session, responses)).toMatchObject(signedIn);
  expect(wire.takeEvents()).toHaveLength(1);
});

test('in a pool that tracks devices, an unknown device is new', async () => {
  const wire = createTriggerWire({ postAuthentication: unchanged }, { devices: {} });
  await wire.signIn();
  expect(wire.takeEvents()).toMatchObject([{ request: { newDeviceUsed: true } }]);
});

test('a trigger that throws refuses the sign-in: no session is left, and the code is used', async () => {
  const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }];
  const wire = createTriggerWire({ postAuthentication: failing }, { users, devices: {} });
  const asked = await wire.signIn();
  const responses = { SMS_MFA_CODE: wire.lastCode() };
  expect(await wire.respond('SMS_MFA', asked.Session, responses)).toMatchObject(REFUSAL);
  expect(await wire.respond('SMS_MFA', asked.Session, responses)).toMatchObject(SESSION_USED);
  expect(wire.pool.users.find('alice')?.devices).toEqual([]);
  expect(await wire.admin('AdminListDevices', { Username: 'alice' })).toMatchObject({ status: 200 });
});

test('a user who is removed or disabled while it runs gets no tokens', async () => {
  const removing = createTriggerWire({
    preTokenGeneration: unchanged,
    postAuthentication: (event) => {
      removing.pool.users.remove('alice');
      return event;
    },
  });
  expect(await removing.signIn()).toMatchObject(WRONG_PASSWORD);
  expect(removing.takeEvents()).toMatchObject([{ triggerSource: SOURCE }]);
  const disabling = createTriggerWire({
    postAuthentication: (event) => {
      disabling.pool.users.update('alice', { enabled: false });
      return event;
    },
  });
  expect(await disabling.signIn()).toMatchObject(refused('NotAuthorizedException', 'User is disabled.'));
});

test('a refresh does not run it', async () => {
  const wire = createTriggerWire({ postAuthentication: unchanged });
  const { AuthenticationResult } = await wire.signIn();
  wire.takeEvents();
  const REFRESH_TOKEN = AuthenticationResult.RefreshToken;
  expect(await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN })).toMatchObject(signedIn);
  expect(wire.takeEvents()).toEqual([]);
});
