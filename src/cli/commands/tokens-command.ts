/** `cognito-srp refresh` and `cognito-srp sign-out`: renew or end the sign-in that a device file stores. */
import { globalSignOut, revokeToken, ServiceError, type ServiceErrorCode } from '../../index.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { UsageError } from '../failures.ts';
import { COMMON_FLAGS, type FlagTable, formatFlagHelp, parseFlags } from '../input/flags.ts';
import type { Io } from '../io.ts';
import { writeOutcome } from '../output/outcome.ts';
import { toPrintable } from '../output/printable-text.ts';
import { writeOrFail } from '../stored/device-file.ts';
import {
  callWithAccessToken,
  openStoredSignIn,
  refreshStoredTokens,
  STORED_SIGN_IN_FLAGS,
  type StoredSignIn,
} from '../stored/stored-sign-in.ts';

const REFRESH_FLAGS = {
  ...STORED_SIGN_IN_FLAGS,
  timeout: { ...STORED_SIGN_IN_FLAGS.timeout, help: 'time limit for each request and its reply; default 5' },
  ...COMMON_FLAGS,
} as const satisfies FlagTable;

const REFRESH_HELP = `Usage: cognito-srp refresh --device FILE --user-pool-id ID --client-id ID [FLAGS]

Gets new tokens with the refresh token in FILE, and stores them in FILE.

${formatFlagHelp(REFRESH_FLAGS)}

The output is the same as that of sign-in.

Exit codes:
   0  the tokens were refreshed
   1  the service refused the refresh token: sign in again
   2  the command was called wrongly, or FILE has no sign-in
   3  the service gave no usable answer
`;

/** @returns the exit code */
export async function refreshCommand(args: readonly string[], io: Io): Promise<number> {
  const flags = parseFlags(args, REFRESH_FLAGS);
  if (flags.has('help')) {
    io.stdout.write(REFRESH_HELP);
    return EXIT_CODES.done;
  }
  const stored = await openStoredSignIn(flags, io);
  const { tokens, problem } = await refreshStoredTokens(stored);
  const step = { status: 'signed-in', username: stored.user.username, tokens } as const;
  writeOutcome(io, step, { json: flags.has('json'), deviceProblem: problem, pool: stored.pool });
  return EXIT_CODES.done;
}

const SIGN_OUT_FLAGS = {
  ...STORED_SIGN_IN_FLAGS,
  global: { type: 'boolean', help: 'end the sign-ins of this user on all devices' },
  ...COMMON_FLAGS,
} as const satisfies FlagTable;

const SIGN_OUT_HELP = `Usage: cognito-srp sign-out --device FILE --user-pool-id ID --client-id ID [FLAGS]

Ends the sign-in that FILE stores, and removes its tokens. The device stays in FILE for the next sign-in.

${formatFlagHelp(SIGN_OUT_FLAGS)}

With --json, stdout holds {"status":"signed-out","username":…}. It also has "revoked":false if the app client
cannot revoke tokens. The tokens are then removed from FILE, but stay valid until they expire.

Exit codes:
   0  the user is signed out
   1  the service refused the request
   2  the command was called wrongly, or FILE has no sign-in
   3  the service gave no usable answer, and FILE still has the tokens
`;

/** @returns the exit code */
export async function signOutCommand(args: readonly string[], io: Io): Promise<number> {
  const flags = parseFlags(args, SIGN_OUT_FLAGS);
  if (flags.has('help')) {
    io.stdout.write(SIGN_OUT_HELP);
    return EXIT_CODES.done;
  }
  const stored = await openStoredSignIn(flags, io);
  const isGlobal = flags.has('global');
  const { username } = stored.user;
  const refusal = await endTokens(stored, isGlobal);
  await writeOrFail(() => stored.store.signOut(username));
  if (refusal && isGlobal) {
    throw new UsageError(
      'NOT_SIGNED_IN',
      'This sign-in had already ended, and it was removed from the file. The sign-ins of other devices go on. To end them, sign in again with --device, and then use sign-out --global',
    );
  }
  const revoked = refusal === 'OPERATION_NOT_ENABLED' ? false : undefined;
  if (flags.has('json')) {
    io.stdout.write(`${JSON.stringify({ status: 'signed-out', username, revoked })}\n`);
    return EXIT_CODES.done;
  }
  io.stdout.write(`Signed out ${toPrintable(username)}\n`);
  if (revoked === false) {
    io.stderr.write(
      'The app client cannot revoke tokens. They were removed from the file, but stay valid until they expire.\n',
    );
  }
  return EXIT_CODES.done;
}

/** After these refusals nothing is left to end: the tokens have ended already, or the app client cannot revoke any. */
const HARMLESS_REFUSALS: readonly ServiceErrorCode[] = [
  'OPERATION_NOT_ENABLED',
  'ACCESS_TOKEN_REFUSED',
  'REFRESH_TOKEN_REFUSED',
  'REFRESH_TOKEN_REUSED',
];

/**
 * Ends the tokens at the service.
 *
 * @returns the refusal, if it leaves nothing to end
 * @throws every other failure
 */
async function endTokens(stored: StoredSignIn, isGlobal: boolean): Promise<ServiceErrorCode | undefined> {
  try {
    await (isGlobal ? signOutEverywhere(stored) : revokeStoredToken(stored));
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError && HARMLESS_REFUSALS.includes(error.code)) return error.code;
    throw error;
  }
}

async function signOutEverywhere(stored: StoredSignIn): Promise<void> {
  const { pool, call } = stored;
  // New tokens that cannot be stored are not a problem here, because this call ends them.
  await callWithAccessToken(stored, (accessToken) => globalSignOut(pool, { accessToken }, call));
}

async function revokeStoredToken({ pool, call, user }: StoredSignIn): Promise<void> {
  const { refreshToken } = user.tokens;
  if (refreshToken !== undefined) await revokeToken(pool, { refreshToken }, call);
}
