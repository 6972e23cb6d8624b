/** Lists the user's devices, the last used one first, each with a button that forgets it. */
import { type DeviceDescription, forgetDevice, listDevices, ServiceError } from 'cognito-srp-engine';
import { callOptions } from '../app.ts';
import { element } from '../dom.ts';
import { type Account, part, type Work } from './account-part.ts';

export function devicesPart(account: Account): HTMLElement {
  const { app, tokens, username } = account;
  const list = element('ul', { class: 'devices' });
  const load: Work = async (signal) => {
    const { accessToken } = await tokens.get({ signal });
    const own = (await app.store.device(username))?.key;
    const devices: DeviceDescription[] = [];
    for await (const device of listDevices(app.pool.client, { accessToken }, callOptions(app, signal))) {
      devices.push(device);
    }
    devices.sort((a, b) => (b.lastAuthenticatedAt ?? 0) - (a.lastAuthenticatedAt ?? 0));
    const rows = devices.map((device) => element('li', {}, deviceRow(device, device.key === own)));
    list.replaceChildren(
      ...(rows.length > 0 ? rows : [element('li', { class: 'hint' }, 'No device is remembered.')]),
    );
  };

  const deviceRow = ({ key, attributes, lastAuthenticatedAt }: DeviceDescription, isOwn: boolean) => {
    const forget: Work = async (signal) => {
      const { accessToken } = await tokens.get({ signal });
      await forgetDevice(app.pool.client, { accessToken, deviceKey: key }, callOptions(app, signal)).catch(
        (error: unknown) => {
          // A device that is not found was forgotten elsewhere, which is what the user wanted
          if (!(error instanceof ServiceError && error.code === 'DEVICE_NOT_FOUND')) throw error;
        },
      );
      if (isOwn) await app.store.removeDevice(username);
      await load(signal);
      // The button that had the focus was removed with its row
      whole.querySelector('h2')?.focus();
    };
    const name = `${attributes['device_name'] ?? key}${isOwn ? ' (this device)' : ''}`;
    const used = lastAuthenticatedAt === undefined ? 'never' : whenUsed(lastAuthenticatedAt);
    return part(account, name, {
      content: [element('p', { class: 'hint' }, `Last used ${used}`)],
      buttons: [{ label: 'Forget', work: forget }],
    });
  };

  const whole = part(account, 'Devices', { content: [list], atOnce: load });
  whole.querySelector('h2')?.setAttribute('tabindex', '-1');
  return whole;
}

function whenUsed(time: number): string {
  const date = new Date(time);
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  return date.toLocaleString([], {
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
