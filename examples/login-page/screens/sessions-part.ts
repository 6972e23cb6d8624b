/** Lists where the user is signed in, each with a button that ends it, in pools that track sessions. */
import { listUserSessions, revokeUserSession, ServiceError, type UserSession } from 'cognito-srp-engine';
import { callOptions } from '../app.ts';
import type { Account } from './account-part.ts';
import { type ListItem, listPart, whenUsed } from './list-part.ts';

export function sessionsPart(account: Account): HTMLElement {
  const { app, tokens } = account;
  const item = (session: UserSession): ListItem => {
    const { id, isCurrent, lastActiveAt, deviceType, lastIpAddress } = session;
    const used = lastActiveAt === undefined ? '' : `, last used ${whenUsed(lastActiveAt)}`;
    const text = {
      name: `${deviceType === undefined || deviceType === 'unknown' ? 'A device' : deviceType}${isCurrent ? ' (this session)' : ''}`,
      hint: `From ${lastIpAddress ?? 'an unknown address'}${used}`,
    };
    // The service does not revoke the session of the access token: that is what "Sign out" is for
    if (isCurrent) return text;
    return {
      ...text,
      remove: async (signal) => {
        const { accessToken } = await tokens.get({ signal });
        await revokeUserSession(app.pool.client, { accessToken, sessionId: id }, callOptions(app, signal));
      },
    };
  };
  const whole = listPart(account, 'Where you are signed in', {
    kind: 'sessions',
    removeLabel: 'End this session',
    empty: 'No session is listed yet.',
    load: async (signal) => {
      const { accessToken } = await tokens.get({ signal });
      const items: ListItem[] = [];
      try {
        for await (const session of listUserSessions(
          app.pool.client,
          { accessToken },
          callOptions(app, signal),
        )) {
          items.push(item(session));
        }
      } catch (error) {
        whole.hidden = areSessionsUntracked(error);
        if (!whole.hidden) throw error;
      }
      return items;
    },
  });
  return whole;
}

/** Whether the pool does not track sessions, or the service is older than they are. */
const areSessionsUntracked = (error: unknown): boolean =>
  error instanceof ServiceError &&
  (error.name === 'OperationNotEnabledException' || error.code === 'OPERATION_UNKNOWN');
