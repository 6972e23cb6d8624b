/** Keeps in the browser what the page needs beside the tokens: names, the view, and a device that is not confirmed. */
import { type NewDevice, type UserPoolClient, webStorage } from 'cognito-srp-engine';

/** A new device and its user. Until the device is confirmed, the tokens cannot be refreshed. */
export interface PendingDevice {
  readonly username: string;
  readonly newDevice: NewDevice;
}

/** One text under one key. `get` gives undefined where nothing was kept. */
export interface Kept {
  get(): string | undefined;
  set(text: string): void;
  remove(): void;
}

export interface KeptTexts {
  /** The name to fill in at the next visit. A name is not a secret, and the user can see that it is kept. */
  readonly typedName: Kept;
  /** The user who has a passkey on this machine, because Cognito needs a name before it can ask for one. */
  readonly passkeyUser: Kept;
  /** JSON of a {@link PendingDevice}. Every tab sees it, so the tab that opens next asks about the device. */
  readonly pendingDevice: Kept;
  /** JSON of the view. Only this tab sees it. */
  readonly view: Kept;
}

/**
 * Each user pool and client has its own keys, so that the names of one pool are not shown for another. Where the
 * browser forbids its storage, the texts are kept in memory for as long as the page is open.
 */
export function createKept({ userPoolId, clientId }: UserPoolClient): KeptTexts {
  const local = webStorage(() => localStorage);
  const tab = webStorage(() => sessionStorage);
  const text = (storage: typeof local, name: string): Kept => {
    const key = `login-page.${userPoolId}.${clientId}.${name}`;
    return {
      get: () => {
        // The type allows a promise, but Web Storage gives its value at once
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

/** @returns undefined where no device is pending, or only another user's */
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
