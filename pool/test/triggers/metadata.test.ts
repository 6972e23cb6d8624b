/** Which trigger gets the ClientMetadata of which request, and as what: the table of AWS's guide. */
import { PASSWORD, type Reply, signedIn, srpClient } from '../wire.ts';
import { createTriggerWire, type Handlers, SIGN_UP, type TriggerWire, unchanged } from './record-triggers.ts';

const ALL: Handlers = {
  preSignUp: unchanged,
  postConfirmation: unchanged,
  preAuthentication: unchanged,
  postAuthentication: unchanged,
  preTokenGeneration: unchanged,
  customMessage: unchanged,
};
const USER = { ClientId: 'web', Username: 'alice' };
const ClientMetadata = { from: 'here' };
const ALICE = {
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      attributes: { email: 'alice@example.com' },
      mfa: { sms: '+4912345678' },
    },
  ],
};

/** Lists the triggers that got the metadata, as `source:member`. */
const receivers = (wire: TriggerWire) =>
  wire
    .takeEvents()
    .flatMap(({ triggerSource, request }) =>
      ['validationData', 'clientMetadata']
        .filter((member) => JSON.stringify(request[member]) === JSON.stringify(ClientMetadata))
        .map((member) => `${triggerSource}:${member}`),
    );

const begin = async (wire: TriggerWire, more: object): Promise<Reply> => {
  const { SRP_A, prove } = srpClient(wire);
  const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A }, more);
  return wire.respond('PASSWORD_VERIFIER', asked.Session, prove(asked));
};

test('that of InitiateAuth reaches PreAuthentication alone, as validationData', async () => {
  const wire = createTriggerWire(ALL, ALICE);
  const { Session } = await begin(wire, { ClientMetadata });
  expect(await wire.respond('SMS_MFA', Session, { SMS_MFA_CODE: wire.lastCode() })).toMatchObject(signedIn);
  expect(receivers(wire)).toEqual(['PreAuthentication_Authentication:validationData']);
});

test('that of RespondToAuthChallenge reaches the triggers of this answer', async () => {
  const wire = createTriggerWire(ALL, ALICE);
  const { SRP_A, prove } = srpClient(wire);
  const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
  const { Session } = await wire.respond('PASSWORD_VERIFIER', asked.Session, prove(asked), {
    ClientMetadata,
  });
  expect(receivers(wire)).toEqual(['CustomMessage_Authentication:clientMetadata']);
  const responses = { SMS_MFA_CODE: wire.lastCode() };
  expect(await wire.respond('SMS_MFA', Session, responses, { ClientMetadata })).toMatchObject(signedIn);
  expect(receivers(wire)).toEqual([
    'PostAuthentication_Authentication:clientMetadata',
    'TokenGeneration_Authentication:clientMetadata',
  ]);
});

test('that of an earlier answer is not kept for a later one', async () => {
  const wire = createTriggerWire(ALL, ALICE);
  const { SRP_A, prove } = srpClient(wire);
  const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
  const more = { ClientMetadata };
  const { Session } = await wire.respond('PASSWORD_VERIFIER', asked.Session, prove(asked), more);
  receivers(wire);
  expect(await wire.respond('SMS_MFA', Session, { SMS_MFA_CODE: wire.lastCode() })).toMatchObject(signedIn);
  expect(receivers(wire)).toEqual([]);
});

test('that of SignUp, ConfirmSignUp, AdminCreateUser and ConfirmForgotPassword', async () => {
  const wire = createTriggerWire(ALL, { users: [] });
  await wire.call('SignUp', { ...SIGN_UP, ClientMetadata });
  expect(receivers(wire)).toEqual(['PreSignUp_SignUp:clientMetadata', 'CustomMessage_SignUp:clientMetadata']);
  await wire.call('ConfirmSignUp', { ...USER, ConfirmationCode: wire.lastCode(), ClientMetadata });
  expect(receivers(wire)).toEqual(['PostConfirmation_ConfirmSignUp:clientMetadata']);
  await wire.call('ForgotPassword', { ...USER, ClientMetadata });
  const confirmation = { ...USER, ConfirmationCode: wire.lastCode(), Password: PASSWORD };
  await wire.call('ConfirmForgotPassword', { ...confirmation, ClientMetadata });
  expect(receivers(wire)).toEqual([
    'CustomMessage_ForgotPassword:clientMetadata',
    'PostConfirmation_ConfirmForgotPassword:clientMetadata',
  ]);
  const UserAttributes = [{ Name: 'email', Value: 'bob@example.com' }];
  await wire.admin('AdminCreateUser', { Username: 'bob', UserAttributes, ClientMetadata });
  expect(receivers(wire)).toEqual(['PreSignUp_AdminCreateUser:clientMetadata']);
});
