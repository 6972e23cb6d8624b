/** Asks after a sign-in from a new device whether the device may replace the second factor. */
import { confirmNewDevice, updateDeviceStatus } from 'cognito-srp-engine';
import { callOptions } from '../../../login-page/app.ts';
import { deviceName } from '../../../login-page/device-name.ts';
import { paragraph, textButton } from '../../../login-page/dom.ts';
import { PageError } from '../../../login-page/explanations.ts';
import { formStep } from '../../../login-page/form.ts';
import { forgetUser, type PageScreen } from '../page.ts';
import { keepPendingDevice, pendingDeviceOf } from '../pending-device.ts';

export const rememberDeviceScreen: PageScreen<'remember-device'> = (app, view, leaving) => {
  const { texts } = app;
  const { title, instruction, remember, doNotRemember, later } = texts.device;
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    ways: [
      { way: 'remembered', ...remember },
      { way: 'not_remembered', ...doNotRemember },
    ],
    onSubmit: async ({ way, signal }) => {
      const { client } = app.pool;
      const user = await app.store.load();
      if (!user) return app.go({ name: 'sign-in' }, 'replace');
      const { username, tokens } = user;
      if (tokens.expiresAt <= Date.now()) {
        // The tokens have expired, and without a confirmed device they cannot be refreshed
        await forgetUser(app, username);
        return app.go({ name: 'sign-in', notice: texts.notices.signedOutByService }, 'replace');
      }
      const options = callOptions(app, signal);
      // After a confirmation that failed, the device is kept with the password of that attempt
      const newDevice = pendingDeviceOf(app.kept, username) ?? view.newDevice;
      const signedIn = { status: 'signed-in', ...user, newDevice } as const;
      // The device is confirmed for "no" too, because otherwise the tokens could not be refreshed
      const step = await confirmNewDevice(client, signedIn, { deviceName: deviceName() }, options);
      if (!step.device) {
        if (step.newDevice) keepPendingDevice(app.kept, { username, newDevice: step.newDevice });
        throw new PageError(texts.deviceProblems.CONFIRMATION_FAILED);
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
      textButton(later, async () => {
        const user = await app.store.load();
        const notice = texts.notices.deviceNotSetUp;
        app.go(
          user ? { name: 'signed-in', username: user.username, notice } : { name: 'sign-in' },
          'replace',
        );
      }),
  });
};
