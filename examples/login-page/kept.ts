/** What the page keeps in the browser beside the tokens: a name, a step, a device that is not set up yet. */
import { type NewDevice, type UserPoolClient, webStorage } from 'cognito-srp-engine';

/** A device the service has just met, and whose it is. Its user has to confirm it, or cannot refresh. */
export interface PendingDevice {
  readonly username: string;
  readonly newDevice: NewDevice;
}

/** One text under one key. Reading gives undefined where nothing was kept. */
export interface Kept {
  get(): string | undefined;
  set(text: string): void;
  remove(): void;
}

export interface KeptTexts {
  /** For the next visit; a name is no secret, and the user can see that it is kept. */
  readonly typedName: Kept;
  /** Who has a passkey on this machine: Cognito needs a name before it can ask for one. */
  readonly passkeyUser: Kept;
  /** In every tab: whichever opens next asks about the device. JSON of a {@link PendingDevice}. */
  readonly pendingDevice: Kept;
  /** Of this tab alone: where the user is. JSON of a view. */
  readonly view: Kept;
}

/**
 * Each user pool and client has its own: a name of one is not for the other to hear. Where the browser forbids
 * its storage, all this lives as long as the page.
 */
export function createKept({ userPoolId, clientId }: UserPoolClient): KeptTexts {
  const local = webStorage(() => localStorage);
  const tab = webStorage(() => sessionStorage);
  const text = (storage: typeof local, name: string): Kept => {
    const key = `login-page.${userPoolId}.${clientId}.${name}`;
    return {
      get: () => {
        // Web Storage answers at once, never with a promise
        const value = storage.getItem(key);
        return typeof value === 'string' && value !== '' ? value : undefined;
      },
      set: (value) => void storage.setItem(key, value),
      remove: () => void storage.removeItem(key),
    };
  };
  return {
    typedName: text(local, 'username'),
    passkeyUser: text(local, 'passkey-user'),
    pendingDevice: text(local, 'pending-device'),
    view: text(tab, 'view'),
  };
}

/** @returns undefined where there is none, or another user's */
export function pendingDeviceOf({ pendingDevice }: KeptTexts, username: string): NewDevice | undefined {
  try {
    const pending = JSON.parse(pendingDevice.get() ?? 'null') as PendingDevice | null;
    return pending?.username === username ? pending.newDevice : undefined;
  } catch {
    return undefined;
  }
}

export const keepPendingDevice = ({ pendingDevice }: KeptTexts, pending: PendingDevice): void =>
  pendingDevice.set(JSON.stringify(pending));
