/** After a sign-in from a device that is new to the pool: whether it stands in for the second factor. */
import { rememberDevice, updateDeviceStatus } from 'cognito-srp-engine';
import { callOptions, type Screen } from '../app.ts';
import { paragraph } from '../dom.ts';
import { formStep } from '../form.ts';

export const rememberDeviceScreen: Screen<'remember-device'> = (app, { newDevice }, leaving) =>
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
      const options = callOptions(app, signal);
      const signedIn = { status: 'signed-in', ...user, newDevice } as const;
      // Also for "no": without it the tokens could not be refreshed
      const step = await rememberDevice(client, signedIn, { deviceName: deviceName() }, options);
      if (!step.device) {
        return app.go(
          {
            name: 'signed-in',
            notice: 'This device could not be remembered. You are signed in all the same.',
          },
          'replace',
        );
      }
      await app.store.saveDevice(step.device);
      const wanted = way === 'remembered';
      if (wanted ? step.userConfirmationNecessary : !step.userConfirmationNecessary) {
        const input = {
          accessToken: user.tokens.accessToken,
          deviceKey: step.device.key,
          status: wanted ? 'remembered' : 'not_remembered',
        } as const;
        await updateDeviceStatus(client, input, options);
      }
      app.go({ name: 'signed-in' }, 'replace');
    },
  });

/** What the user will recognise in the list: "Firefox on Linux". */
function deviceName(): string {
  const { userAgent } = navigator;
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) =>
    userAgent.includes(name),
  );
  return `${browser === 'Edg' ? 'Edge' : (browser ?? 'Browser')} on ${system ?? 'an unknown system'}`;
}
