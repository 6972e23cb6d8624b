/** The devices of a user, as administrators manage them. */
import { createAdmin, EMPTY_BODY, NO_BODY, NO_USER } from './admin-calls.ts';
import { confirm } from './device-sign-in.ts';
import { signInByPassword } from './raw-calls.ts';
import { PASSWORD, refused } from './wire.ts';

const NO_DEVICE = refused('ResourceNotFoundException', 'Device does not exist.');

async function world() {
  const users = ['alice', 'bob'].map((username) => ({ username, password: PASSWORD }));
  const wire = createAdmin({ users, devices: {} });
  const remember = async () => (await confirm(wire.pool, await signInByPassword(wire.pool))).device.key;
  const DeviceKey = await remember();
  return { ...wire, remember, input: { Username: 'alice', DeviceKey } };
}

test.each(['AdminGetDevice', 'AdminForgetDevice', 'AdminUpdateDeviceStatus'])(
  '%s knows only devices of this user',
  async (operation) => {
    const { admin, input } = await world();
    expect(await admin(operation, { ...input, Username: 'bob' })).toEqual(NO_DEVICE);
    expect(await admin(operation, { ...input, DeviceKey: 'us-east-1_00' })).toEqual(NO_DEVICE);
    expect(await admin(operation, { ...input, Username: 'nobody' })).toEqual(NO_USER);
    expect(await admin('AdminGetDevice', input)).toMatchObject({ status: 200 });
  },
);

test('AdminGetDevice describes a device', async () => {
  const { admin, input, now } = await world();
  expect(await admin('AdminGetDevice', input)).toMatchObject({
    Device: { DeviceKey: input.DeviceKey, DeviceCreateDate: now() / 1000 },
  });
});

test('AdminUpdateDeviceStatus changes whether a device is remembered', async () => {
  const { admin, adminText, input } = await world();
  const update = { ...input, DeviceRememberedStatus: 'not_remembered' };
  expect(await adminText('AdminUpdateDeviceStatus', update)).toEqual(EMPTY_BODY);
  expect(await admin('AdminGetDevice', input)).toMatchObject({
    Device: {
      DeviceAttributes: expect.arrayContaining([
        { Name: 'dev:device_remembered_status', Value: 'not_remembered' },
      ]),
    },
  });
});

test('AdminForgetDevice forgets a device', async () => {
  const { admin, adminText, input } = await world();
  expect(await adminText('AdminForgetDevice', input)).toEqual(NO_BODY);
  expect(await admin('AdminGetDevice', input)).toEqual(NO_DEVICE);
});

test('AdminListDevices has pages, and a token is for this user alone', async () => {
  const { admin, remember, input } = await world();
  const list = (more: object) => admin('AdminListDevices', { Username: 'alice', ...more });
  const keys = [input.DeviceKey, await remember(), await remember()];
  const { Devices: first, PaginationToken } = await list({ Limit: 2 });
  const { Devices: second, ...last } = await list({ Limit: 2, PaginationToken });
  const seen = [...(first as object[]), ...(second as object[])];
  expect(new Set(seen)).toEqual(new Set(keys.map((DeviceKey) => expect.objectContaining({ DeviceKey }))));
  expect(last).toEqual({ status: 200 });
  expect(await list({ Username: 'bob', PaginationToken })).toMatchObject({
    __type: 'InvalidParameterException',
  });
  expect(await list({ Username: 'bob' })).toEqual({ status: 200, Devices: [] });
  expect(await list({ Username: 'nobody' })).toEqual(NO_USER);
});
