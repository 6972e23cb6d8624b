/** `cognito-srp refresh` and `cognito-srp sign-out`: what becomes of the tokens in a device file. */
import { globalSignOut, revokeToken, ServiceError, type ServiceErrorCode } from '../index.ts';
import { type Flags, flagLines, parseFlags } from './arguments.ts';
import { written } from './device-file.ts';
import type { Io } from './io.ts';
import { KEPT_FLAGS, type KeptSignIn, openKeptSignIn, refreshKept, withAccessToken } from './kept-sign-in.ts';
import { printable, writeOutcome } from './output.ts';

const REFRESH_HELP = `Usage: cognito-srp refresh --device FILE --user-pool-id ID --client-id ID [FLAGS]

Gets new tokens for the refresh token that sign-in --device has kept, and keeps them.

${flagLines(KEPT_FLAGS)}

It writes what sign-in writes. Exit codes: 0 refreshed, 1 refused (sign in again), 2 wrong usage or nobody is
signed in, 3 no usable answer.
`;

/** @returns the exit code */
export async function refreshCommand(args: readonly string[], io: Io): Promise<number> {
  const values = parseFlags(args, KEPT_FLAGS);
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

With --json: {"status":"signed-out","username":…}. Exit codes: 0 signed out, 1 refused, 2 wrong usage or
nobody is signed in, 3 no usable answer: the tokens are still there.
`;

/** Tokens that the service does not take any more are signed out already. */
const OVER: readonly ServiceErrorCode[] = [
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
  const { store, user } = kept;
  try {
    await endTokens(kept, values.has('global'));
  } catch (error) {
    if (!(error instanceof ServiceError) || !OVER.includes(error.code)) throw error;
  }
  await written(() => store.signOut(user.username));
  const { username } = user;
  io.stdout.write(
    values.has('json')
      ? `${JSON.stringify({ status: 'signed-out', username })}\n`
      : `Signed out ${printable(username)}\n`,
  );
  return 0;
}

async function endTokens(kept: KeptSignIn, everywhere: boolean): Promise<void> {
  const { pool, call, user } = kept;
  const { refreshToken } = user.tokens;
  // New tokens that are not kept are no loss: they end here
  if (everywhere) await withAccessToken(kept, (accessToken) => globalSignOut(pool, { accessToken }, call));
  else if (refreshToken !== undefined) await revokeToken(pool, { refreshToken }, call);
}
