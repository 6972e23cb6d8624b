/** `cognito-srp refresh` and `cognito-srp sign-out`: what becomes of the tokens in a device file. */
import { globalSignOut, revokeToken, ServiceError, type ServiceErrorCode } from '../index.ts';
import { type Flags, flagLines, parseFlags } from './arguments.ts';
import { written } from './device-file.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { KEPT_FLAGS, type KeptSignIn, openKeptSignIn, refreshKept, withAccessToken } from './kept-sign-in.ts';
import { printable, writeOutcome } from './output.ts';

const REFRESH_FLAGS = {
  ...KEPT_FLAGS,
  timeout: { ...KEPT_FLAGS.timeout, help: 'for each request and its reply; default 5' },
} as const satisfies Flags;

const REFRESH_HELP = `Usage: cognito-srp refresh --device FILE --user-pool-id ID --client-id ID [FLAGS]

Gets new tokens for the refresh token that sign-in --device has kept, and keeps them.

${flagLines(REFRESH_FLAGS)}

It writes what sign-in writes. Exit codes: 0 refreshed, 1 refused (sign in again), 2 wrong usage or nobody is
signed in, 3 no usable answer.
`;

/** @returns the exit code */
export async function refreshCommand(args: readonly string[], io: Io): Promise<number> {
  const values = parseFlags(args, REFRESH_FLAGS);
  if (values.has('help')) {
    io.stdout.write(REFRESH_HELP);
    return 0;
  }
  const kept = await openKeptSignIn(values, io);
  const { tokens, problem } = await refreshKept(kept);
  const { username } = kept.user;
  const { pool } = kept;
  writeOutcome(io, { status: 'signed-in', username, tokens }, { json: values.has('json'), problem, pool });
  return 0;
}

const SIGN_OUT_FLAGS = {
  ...KEPT_FLAGS,
  global: { type: 'boolean', help: 'ends the sign-ins of all devices' },
} as const satisfies Flags;

const SIGN_OUT_HELP = `Usage: cognito-srp sign-out --device FILE --user-pool-id ID --client-id ID [FLAGS]

Ends the sign-in that FILE keeps, and removes its tokens. The device stays, for the next sign-in.

${flagLines(SIGN_OUT_FLAGS)}

With --json: {"status":"signed-out","username":…}, and "revoked":false where the app client does not revoke
tokens: they are removed from FILE, and end by themselves. Exit codes: 0 signed out, 1 refused, 2 wrong usage
or nobody is signed in, 3 no usable answer: the tokens are still there.
`;

/** Tokens that the service does not take any more are signed out already; and some clients cannot revoke any. */
const OVER: readonly ServiceErrorCode[] = [
  'OPERATION_NOT_ENABLED',
  'ACCESS_TOKEN_REFUSED',
  'REFRESH_TOKEN_REFUSED',
  'REFRESH_TOKEN_REUSED',
];

/** @returns the exit code */
export async function signOutCommand(args: readonly string[], io: Io): Promise<number> {
  const values = parseFlags(args, SIGN_OUT_FLAGS);
  if (values.has('help')) {
    io.stdout.write(SIGN_OUT_HELP);
    return 0;
  }
  const kept = await openKeptSignIn(values, io);
  const everywhere = values.has('global');
  const { store, user } = kept;
  const { username } = user;
  const refusal = await refusalOf(endTokens(kept, everywhere));
  await written(() => store.signOut(username));
  if (refusal && everywhere) {
    throw new UsageError(
      'NOT_SIGNED_IN',
      'This sign-in was over, and is removed from the file. Those of other devices go on: sign in again with --device, then sign-out --global',
    );
  }
  const revoked = refusal === 'OPERATION_NOT_ENABLED' ? false : undefined;
  if (values.has('json')) {
    io.stdout.write(`${JSON.stringify({ status: 'signed-out', username, revoked })}\n`);
    return 0;
  }
  io.stdout.write(`Signed out ${printable(username)}\n`);
  if (revoked === false) {
    io.stderr.write('The app client does not revoke tokens: they are removed here, and end by themselves.\n');
  }
  return 0;
}

async function endTokens(kept: KeptSignIn, everywhere: boolean): Promise<void> {
  const { pool, call, user } = kept;
  const { refreshToken } = user.tokens;
  // New tokens that are not kept are no loss: they end here
  if (everywhere) await withAccessToken(kept, (accessToken) => globalSignOut(pool, { accessToken }, call));
  else if (refreshToken !== undefined) await revokeToken(pool, { refreshToken }, call);
}

/** A refusal that leaves nothing to be signed out of; any other is thrown. */
async function refusalOf(work: Promise<void>): Promise<ServiceErrorCode | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const isOver = error instanceof ServiceError && OVER.includes(error.code);
    if (isOver) return error.code;
    throw error;
  }
}
