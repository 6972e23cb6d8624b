/** Sign-ins with a device whose replies are written down: when the device is looked up, offered and left out. */
import { type DeviceSource, respond, type Step, signIn } from '../../src/index.ts';
import { client, recorder, refusal } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const credentials = { flow: 'USER_PASSWORD_AUTH', username: 'alias', password: 'Correct-Horse-9' } as const;
const device = (more: object = {}) => ({
  key: 'eu-west-1_0a',
  groupKey: '-group',
  password: 'AAAA',
  ...more,
});
const token = (username: string) =>
  `e30.${Buffer.from(JSON.stringify({ username })).toString('base64url')}.signature`;
const signedInAs = (username: string) => ({
  AuthenticationResult: { AccessToken: token(username), ExpiresIn: 60 },
});
const asked = (ChallengeName: string, username = 'alice') => ({
  ChallengeName,
  Session: 'session-of-the-challenge',
  ChallengeParameters: {
    USER_ID_FOR_SRP: username,
    USERNAME: username,
    SRP_B: 'a1',
    SALT: 'ab',
    SECRET_BLOCK: 'AAAA',
  },
});
const unknownDevice = () => refusal('ResourceNotFoundException', 'Device does not exist.');
const refusedProof = () => refusal('NotAuthorizedException', 'Incorrect username or password.');

/** Signs in with these replies, and tells the DEVICE_KEY of each request. */
async function signedIn(source: DeviceSource, ...replies: readonly (object | (() => Response))[]) {
  const { fetch, sent } = recorder((_, __, index) => {
    const reply = replies[index];
    return typeof reply === 'function' ? reply() : Response.json(reply);
  });
  const step = await signIn(client, credentials, { fetch, device: source });
  const keys = sent.map(({ input }) => (input.AuthParameters ?? input.ChallengeResponses)?.['DEVICE_KEY']);
  return { step, keys };
}
const problemOf = (step: Step) => step.deviceProblem?.code;

/** A source that finds by name, and the names that it was asked for. */
function named(devices: Readonly<Record<string, object | undefined>>) {
  const names: string[] = [];
  const source: DeviceSource = (username) => {
    names.push(username);
    return devices[username];
  };
  return { names, source };
}

describe('a device found by the typed name', () => {
  test.each([undefined, 'alice'])('whose owner is %s is not looked up again for alice', async (username) => {
    const { names, source } = named({ alias: device({ username }) });
    const { step, keys } = await signedIn(source, asked('SMS_MFA'));
    expect([problemOf(step), keys, names]).toEqual([undefined, ['eu-west-1_0a'], ['alias']]);
  });

  test("that is bob's makes room for alice's own, whose proof is then asked", async () => {
    const { names, source } = named({
      alias: device({ username: 'bob' }),
      alice: device({ key: 'eu-west-1_0b', username: 'alice' }),
    });
    const proofs = [asked('DEVICE_SRP_AUTH'), asked('DEVICE_PASSWORD_VERIFIER'), signedInAs('alice')];
    const { step, keys } = await signedIn(source, ...proofs);
    expect(step).toMatchObject({ status: 'signed-in', deviceUsed: true });
    expect(keys).toEqual(['eu-west-1_0a', 'eu-west-1_0b', 'eu-west-1_0b']);
    expect([problemOf(step), names]).toEqual([undefined, ['alias', 'alice']]);
  });

  test("that is bob's is left out where alice has none", async () => {
    const { source } = named({ alias: device({ username: 'bob' }) });
    const { step, keys } = await signedIn(source, asked('DEVICE_SRP_AUTH'), signedInAs('alice'));
    expect(problemOf(step)).toBe('DEVICE_OF_ANOTHER_USER');
    expect(keys).toEqual(['eu-west-1_0a', undefined]);
  });
});

test('the storage is asked once for a name, however many replies have it', async () => {
  const { names, source } = named({});
  const { fetch } = recorder((_, __, index) =>
    Response.json(asked(index === 0 ? 'PASSWORD_VERIFIER' : 'DEVICE_SRP_AUTH')),
  );
  const srp = { username: 'alias', password: 'Correct-Horse-9' };
  const error = await errorOf(() => signIn(client, srp, { fetch, device: source }));
  expect(error).toMatchObject({ code: 'CHALLENGE_UNEXPECTED' });
  expect(names).toEqual(['alias', 'alice']);
});

test('a typed name that turns out to be the canonical one is checked against the owner of the device', async () => {
  const { step } = await signedIn(
    device({ username: 'bob' }),
    asked('DEVICE_SRP_AUTH', 'alias'),
    signedInAs('alias'),
  );
  expect(problemOf(step)).toBe('DEVICE_OF_ANOTHER_USER');
});

test('the access token has the last word on who the user is', async () => {
  const proofs = [asked('DEVICE_SRP_AUTH'), asked('DEVICE_PASSWORD_VERIFIER'), signedInAs('carol')];
  expect((await signedIn(device(), ...proofs)).step).toMatchObject({
    status: 'signed-in',
    username: 'carol',
  });
});

test('a device that is found for nobody is no problem', async () => {
  const { names, source } = named({});
  const { step, keys } = await signedIn(source, asked('SMS_MFA'));
  expect([problemOf(step), keys]).toEqual([undefined, [undefined]]);
  expect(names).toEqual(['alias']);
});

describe('what is said of a device that the service does not know', () => {
  test.each([
    ["it is gone where it was the user's", 'alice', 'DEVICE_GONE'],
    ['it is gone where nobody knows whose it was', undefined, 'DEVICE_GONE'],
    ["it may well be there where it is another user's", 'bob', 'DEVICE_OF_ANOTHER_USER'],
  ])('%s', async (_, username, code) => {
    const { step } = await signedIn(device({ username }), unknownDevice, signedInAs('alice'));
    expect(problemOf(step)).toBe(code);
  });

  test('in a challenge, too, which keeps its key so that it is not offered again', async () => {
    const { step } = await signedIn(device(), unknownDevice, asked('SMS_MFA'));
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('No SMS_MFA');
    expect([problemOf(step), step.challenge.refusedDevice]).toEqual(['DEVICE_GONE', 'eu-west-1_0a']);
    const { fetch, sent } = recorder(() => Response.json(signedInAs('alice')));
    const options = { fetch, device: device() };
    const signedInStep = await respond(client, step.challenge, { code: '123456' }, options);
    expect(sent[0]?.input.ChallengeResponses).not.toHaveProperty('DEVICE_KEY');
    expect(signedInStep).not.toHaveProperty('deviceUsed');
  });
});

test("an answer to a kept challenge offers the device, whose owner's canonical name is not known yet", async () => {
  const { fetch, sent } = recorder((_, __, index) =>
    Response.json(index === 0 ? { ChallengeName: 'SMS_MFA', Session: 'session' } : signedInAs('alice')),
  );
  const step = await signIn(client, credentials, { fetch });
  if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('No SMS_MFA');
  const options = { fetch, device: device({ username: 'alice' }) };
  const signedInStep = await respond(client, step.challenge, { code: '123456' }, options);
  expect(sent[1]?.input.ChallengeResponses).toMatchObject({ USERNAME: 'alias', DEVICE_KEY: 'eu-west-1_0a' });
  expect(signedInStep).not.toHaveProperty('deviceProblem');
});

test('a proof that is refused is told as that, whoever the user turns out to be', async () => {
  const replies = [asked('DEVICE_SRP_AUTH', ''), asked('DEVICE_PASSWORD_VERIFIER', ''), refusedProof];
  const { step, keys } = await signedIn(device({ username: 'bob' }), ...replies, signedInAs('alice'));
  expect(problemOf(step)).toBe('DEVICE_REFUSED');
  expect(keys).toEqual(['eu-west-1_0a', 'eu-west-1_0a', 'eu-west-1_0a', undefined]);
});

test.each([
  ['no key', { key: undefined }],
  ['an empty key', { key: '' }],
  ['a key of another form', { key: 'garbage' }],
  ['a key that is too long', { key: `eu-west-1_${'a'.repeat(46)}` }],
  ['text after the key', { key: 'eu-west-1_0a!' }],
  ['text before the key', { key: '!eu-west-1_0a' }],
  ['no group key', { groupKey: undefined }],
  ['no password', { password: '' }],
])('a device with %s is damaged, and not offered', async (_, members) => {
  const { step, keys } = await signedIn(device(members), signedInAs('alice'));
  expect([problemOf(step), keys]).toEqual(['DEVICE_DAMAGED', [undefined]]);
});

test('a key of 55 characters is whole', async () => {
  const key = `eu-west-1_${'a'.repeat(45)}`;
  expect((await signedIn(device({ key }), signedInAs('alice'))).keys).toEqual([key]);
});
