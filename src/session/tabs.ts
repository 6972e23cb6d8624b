/** Tells the other tabs of an application that the session has changed, and hears it from them. No message holds a token. */
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { isRecord } from '../cognito/values.ts';

/** What a session needs of a `BroadcastChannel`. */
export interface TabChannel {
  readonly postMessage: (message: unknown) => void;
  readonly addEventListener: (type: 'message', listener: (event: { readonly data: unknown }) => void) => void;
  readonly removeEventListener: (
    type: 'message',
    listener: (event: { readonly data: unknown }) => void,
  ) => void;
}

export interface Tabs {
  /** Tells the others that the store has changed. It does not throw. */
  readonly tell: () => void;
  /** Hears and tells nothing more. */
  readonly leave: () => void;
}

/** @param changed is called when another tab has changed the store */
export function joinTabs(
  channel: TabChannel | undefined,
  { userPoolId, clientId }: UserPoolClient,
  changed: () => void,
): Tabs {
  const message = { type: 'cognito-session-changed', userPoolId, clientId };
  const hear = ({ data }: { readonly data: unknown }) => {
    // The channel may have messages of others: another app client, or the application's own
    const isOurs = isRecord(data) && Object.entries(message).every(([name, value]) => data[name] === value);
    if (isOurs) changed();
  };
  let hasLeft = false;
  channel?.addEventListener('message', hear);
  return {
    tell: () => {
      if (hasLeft) return;
      try {
        channel?.postMessage(message);
      } catch {
        // The application may have closed the channel. What has changed counts all the same.
      }
    },
    leave: () => {
      hasLeft = true;
      channel?.removeEventListener('message', hear);
    },
  };
}
