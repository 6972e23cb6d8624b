/** `cognito-srp sessions`: lists or revokes the sessions of the user whose sign-in a device file stores. */
import { listUserSessions, revokeUserSession, type UserSession } from '../../index.ts';
import { toUsageError } from '../failures.ts';
import { type Flags, formatFlagHelp } from '../input/flags.ts';
import type { Io } from '../io.ts';
import { formatColumns, formatTime } from '../output/printable-text.ts';
import { callWithAccessToken, type StoredSignIn } from '../stored/stored-sign-in.ts';
import {
  type ActionCommand,
  type ActionOutcome,
  requireFlag,
  runActionCommand,
  STORED_EXIT_CODES,
  withStoredFlags,
} from './stored-actions.ts';

const FLAGS = withStoredFlags({
  'session-id': { type: 'string', placeholder: 'ID', help: 'which session to revoke: an ID that list shows' },
});

const HELP = `Usage: cognito-srp sessions list --device FILE --user-pool-id ID --client-id ID [FLAGS]
       cognito-srp sessions revoke --session-id ID --device FILE --user-pool-id ID --client-id ID [FLAGS]

Lists where the user who signed in with FILE is signed in, or ends one of these sessions. The session of FILE
itself is ended by sign-out. The user pool has to track sessions.

${formatFlagHelp(FLAGS)}

With --json, stdout holds {"sessions":[{"id":…,"isCurrent":…,…}]} or {"status":"revoked","sessionId":…}.

${STORED_EXIT_CODES}`;

const COMMAND: ActionCommand<keyof typeof FLAGS> = {
  name: 'sessions',
  help: HELP,
  flags: FLAGS,
  actions: new Map([
    ['list', runList],
    ['revoke', runRevoke],
  ]),
  checkFlags: checkSessionId,
};

/** @returns the exit code */
export const sessionsCommand = (args: readonly string[], io: Io): Promise<number> =>
  runActionCommand(COMMAND, args, io);

async function runList(stored: StoredSignIn): Promise<ActionOutcome> {
  const { result: sessions, problem } = await callWithAccessToken(stored, async (accessToken) => {
    const found: UserSession[] = [];
    for await (const session of listUserSessions(stored.pool, { accessToken }, stored.call)) {
      found.push(session);
    }
    return found;
  });
  const rows = sessions.map((session): [string, string] => [session.id, describeSession(session)]);
  return { json: { sessions }, lines: rows.length > 0 ? formatColumns(rows) : ['No sessions'], problem };
}

function describeSession({ clientId, deviceType, lastIpAddress, lastActiveAt, isCurrent }: UserSession) {
  const parts = [
    clientId,
    deviceType === 'unknown' ? '' : deviceType,
    lastIpAddress,
    lastActiveAt === undefined ? '' : `last active ${formatTime(lastActiveAt)}`,
    isCurrent ? 'this session' : '',
  ];
  return parts.filter(Boolean).join(', ');
}

async function runRevoke(stored: StoredSignIn, flags: Flags<'session-id'>): Promise<ActionOutcome> {
  const sessionId = requireFlag(flags, 'session-id');
  const { problem } = await callWithAccessToken(stored, (accessToken) =>
    revokeUserSession(stored.pool, { accessToken, sessionId }, stored.call),
  );
  return { json: { status: 'revoked', sessionId }, lines: [`Revoked: ${sessionId}`], problem };
}

/** @throws UsageError USAGE_INVALID */
function checkSessionId(flags: Flags<'session-id'>): void {
  const id = flags.get('session-id');
  if (id === undefined || /^(tkn|sso)[a-z0-9]{25}$/.test(id)) return;
  throw toUsageError('--session-id must be an ID that "sessions list" shows');
}
