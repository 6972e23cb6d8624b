/** Asks after a sign-in from a new device whether the device may replace the second factor. */
import { confirmNewDevice, updateDeviceStatus } from 'cognito-srp-engine';
import { callOptions, forgetUser, type Screen } from '../app.ts';
import { paragraph, textButton } from '../dom.ts';
import { PageError } from '../explanations.ts';
import { formStep } from '../form.ts';
import { keepPendingDevice, pendingDeviceOf } from '../kept.ts';

export const rememberDeviceScreen: Screen<'remember-device'> = (app, view, leaving) =>
  formStep({
    heading: 'Remember this device?',
    lead: [paragraph('Next time you sign in here, your password is enough. Say no on a computer you share.')],
    leaving,
    ways: [
      { way: 'remembered', label: 'Yes, remember it', detail: 'This is my own device' },
      { way: 'not_remembered', label: 'No, ask me every time', detail: 'Others use it too' },
    ],
    onSubmit: async ({ way, signal }) => {
      const { client } = app.pool;
      const user = await app.store.load();
      if (!user) return app.go({ name: 'sign-in' }, 'replace');
      const { username, tokens } = user;
      if (tokens.expiresAt <= Date.now()) {
        // The tokens have expired, and without a confirmed device they cannot be refreshed
        await forgetUser(app, username);
        const notice = 'You have been signed out. Please sign in again.';
        return app.go({ name: 'sign-in', notice }, 'replace');
      }
      const options = callOptions(app, signal);
      // After a confirmation that failed, the device is kept with the password of that attempt
      const newDevice = pendingDeviceOf(app.kept, username) ?? view.newDevice;
      const signedIn = { status: 'signed-in', ...user, newDevice } as const;
      // The device is confirmed for "no" too, because otherwise the tokens could not be refreshed
      const step = await confirmNewDevice(client, signedIn, { deviceName: deviceName() }, options);
      if (!step.device) {
        if (step.newDevice) keepPendingDevice(app.kept, { username, newDevice: step.newDevice });
        throw new PageError('This device could not be set up. Wait a moment, then try again.');
      }
      const { key, password } = step.device;
      await app.store.saveDevice(step.device);
      keepPendingDevice(app.kept, { username, newDevice: { ...newDevice, password } });
      const wanted = way === 'remembered';
      // ConfirmDevice says only once whether the status has to be sent, so after a lost reply it is always sent
      const isUnsure = newDevice.password !== undefined;
      if (isUnsure || (wanted ? step.userConfirmationNecessary : !step.userConfirmationNecessary)) {
        const input = {
          accessToken: tokens.accessToken,
          deviceKey: key,
          status: wanted ? 'remembered' : 'not_remembered',
        } as const;
        await updateDeviceStatus(client, input, options);
      }
      app.kept.pendingDevice.remove();
      app.go({ name: 'signed-in', username }, 'replace');
    },
    // The question comes again before the tokens have to be refreshed
    onFailure: () =>
      textButton('Go on without it for now', async () => {
        const user = await app.store.load();
        const notice = 'This device is not set up yet. You are signed in all the same.';
        app.go(
          user ? { name: 'signed-in', username: user.username, notice } : { name: 'sign-in' },
          'replace',
        );
      }),
  });

/** @returns a name that the user recognises in the list of devices, like "Firefox on Linux" */
function deviceName(): string {
  const { userAgent } = navigator;
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) =>
    userAgent.includes(name),
  );
  return `${browser === 'Edg' ? 'Edge' : (browser ?? 'Browser')} on ${system ?? 'an unknown system'}`;
}
