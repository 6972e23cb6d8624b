/** Asks after a sign-in from a new device whether the device may replace the second factor. */
import { confirmDevice, type UserStore, updateDeviceStatus } from 'cognito-srp-engine';
import { type App, TIMEOUT_MS } from '../../login-page/app.ts';
import { deviceName } from '../../login-page/device-name.ts';
import { element, paragraph } from '../../login-page/dom.ts';
import { formStep } from '../../login-page/form.ts';
import { type Goal, returnToApp, sendToPage } from './ticket.ts';

export function rememberDeviceScreen(
  app: App,
  store: UserStore,
  goal: Goal,
  leaving: AbortSignal,
): HTMLElement {
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
      if (way === 'remembered') await rememberDevice(app, store, goal, signal);
      await returnToApp(app, goal.ticket);
    },
    // A button that submits, so that a failure of its own is shown as well
    onFailure: () => element('button', { type: 'submit', class: 'text-button', value: 'later' }, later),
  });
}

/** The ticket stands in for the access token that the page does not get. */
async function rememberDevice(app: App, store: UserStore, goal: Goal, signal: AbortSignal): Promise<void> {
  const { client } = app.pool;
  const options = { signal, timeoutMs: TIMEOUT_MS, fetch: sendToPage };
  const { ticket: accessToken, username, newDevice } = goal;
  const input = { accessToken, newDevice, deviceName: deviceName() };
  const { device, userConfirmationNecessary } = await confirmDevice(client, input, options);
  if (userConfirmationNecessary) {
    const status = { accessToken, deviceKey: device.key, status: 'remembered' } as const;
    await updateDeviceStatus(client, status, options);
  }
  await store.saveDevice({ ...device, username });
}
