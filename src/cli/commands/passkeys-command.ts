/** `cognito-srp passkeys`: lists or deletes the stored user's passkeys, and says whether one counts as both factors. */
import { deletePasskey, listPasskeys, type RegisteredPasskey, setUserMfaPreference } from '../../index.ts';
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
  'passkey-id': { type: 'string', placeholder: 'ID', help: 'which passkey to delete: an ID that list shows' },
});

const HELP = `Usage: cognito-srp passkeys list --device FILE --user-pool-id ID --client-id ID [FLAGS]
       cognito-srp passkeys delete --passkey-id ID --device FILE --user-pool-id ID --client-id ID [FLAGS]
       cognito-srp passkeys mfa-on|mfa-off --device FILE --user-pool-id ID --client-id ID [FLAGS]

Lists the passkeys of the user who signed in with FILE, or deletes one of them. After mfa-on a passkey counts
as both factors. The pool has to allow that, and the user needs another second factor.

${formatFlagHelp(FLAGS)}

With --json, stdout holds {"passkeys":[{"id":…,"name":…,…}]}, {"status":"deleted","passkeyId":…},
or {"status":"mfa-on"}.

${STORED_EXIT_CODES}`;

const COMMAND: ActionCommand<keyof typeof FLAGS> = {
  name: 'passkeys',
  help: HELP,
  flags: FLAGS,
  actions: new Map([
    ['list', runList],
    ['delete', runDelete],
    ['mfa-on', (stored) => runMfa(stored, 'on')],
    ['mfa-off', (stored) => runMfa(stored, 'off')],
  ]),
};

/** @returns the exit code */
export const passkeysCommand = (args: readonly string[], io: Io): Promise<number> =>
  runActionCommand(COMMAND, args, io);

async function runList(stored: StoredSignIn): Promise<ActionOutcome> {
  const { result: passkeys, problem } = await callWithAccessToken(stored, async (accessToken) => {
    const found: RegisteredPasskey[] = [];
    for await (const passkey of listPasskeys(stored.pool, { accessToken }, stored.call)) found.push(passkey);
    return found;
  });
  const rows = passkeys.map((passkey): [string, string] => [passkey.id, describePasskey(passkey)]);
  return { json: { passkeys }, lines: rows.length > 0 ? formatColumns(rows) : ['No passkeys'], problem };
}

const describePasskey = ({ name, relyingPartyId, createdAt }: RegisteredPasskey): string =>
  [name, relyingPartyId, createdAt === undefined ? '' : `added ${formatTime(createdAt)}`]
    .filter(Boolean)
    .join(', ');

async function runDelete(stored: StoredSignIn, flags: Flags<'passkey-id'>): Promise<ActionOutcome> {
  const passkeyId = requireFlag(flags, 'passkey-id');
  const { problem } = await callWithAccessToken(stored, (accessToken) =>
    deletePasskey(stored.pool, { accessToken, passkeyId }, stored.call),
  );
  return { json: { status: 'deleted', passkeyId }, lines: [`Deleted: ${passkeyId}`], problem };
}

async function runMfa(stored: StoredSignIn, passkey: 'on' | 'off'): Promise<ActionOutcome> {
  const { problem } = await callWithAccessToken(stored, (accessToken) =>
    setUserMfaPreference(stored.pool, { accessToken, passkey }, stored.call),
  );
  const effect = passkey === 'on' ? 'counts' : 'does not count';
  return { json: { status: `mfa-${passkey}` }, lines: [`A passkey ${effect} as both factors`], problem };
}
