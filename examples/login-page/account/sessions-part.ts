/** Lists where the user is signed in, each with a button that ends it, in pools that track sessions. */
import { listUserSessions, revokeUserSession, ServiceError, type UserSession } from 'cognito-srp-engine';
import { fill } from 'cognito-srp-engine/texts';
import { type Account, callArguments, unlessGone } from './account-part.ts';
import { type ListItem, listPart, whenUsed } from './list-part.ts';

export function sessionsPart(account: Account): HTMLElement {
  const { texts } = account.app;
  const item = (session: UserSession): ListItem => {
    const { id, isCurrent, lastActiveAt = 0, deviceType = 'unknown', lastIpAddress = '' } = session;
    const text = {
      name: `${deviceType === 'unknown' ? texts.account.unknownDevice : deviceType}${isCurrent ? ` (${texts.account.thisSession})` : ''}`,
      hint: `${lastIpAddress} ${fill(texts.account.lastUsed, { time: whenUsed(lastActiveAt, texts) })}`,
    };
    // The service does not revoke the session of the access token: that is what "Sign out" is for
    if (isCurrent) return text;
    return {
      ...text,
      remove: async (signal) => {
        const { pool, accessToken, options } = await callArguments(account, signal);
        await unlessGone(revokeUserSession(pool, { accessToken, sessionId: id }, options));
      },
    };
  };
  const whole = listPart(account, texts.account.sessions, {
    kind: 'sessions',
    removeLabel: texts.buttons.endSession,
    empty: texts.account.noSessions,
    load: async (signal) => {
      const { pool, accessToken, options } = await callArguments(account, signal);
      const items: ListItem[] = [];
      try {
        for await (const session of listUserSessions(pool, { accessToken }, options)) {
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
