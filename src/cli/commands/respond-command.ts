/** `cognito-srp respond`: answers a challenge that another run has written. */
import { EXIT_CODES } from '../exit-codes.ts';
import { toUsageError } from '../failures.ts';
import { readChallenge } from '../input/challenge-file.ts';
import { COMMON_FLAGS, type FlagTable, formatFlagHelp, parseFlags } from '../input/flags.ts';
import { createPasswordSource } from '../input/password-source.ts';
import { completeClient, ENDPOINT_FLAGS, readCallOptions } from '../input/pool-flags.ts';
import type { Io } from '../io.ts';
import { readGivenAnswers } from '../sign-in/given-answers.ts';
import { runSignIn } from '../sign-in/run-sign-in.ts';
import { getSoftwareTokenSecret } from '../sign-in/software-token-secret.ts';
import {
  ANSWERING_FLAGS,
  ANSWERING_HELP,
  checkDeviceFlags,
  OUTCOME_HELP,
  openFlaggedDeviceFile,
} from './answering-flags.ts';

const FLAGS = {
  challenge: {
    type: 'string',
    placeholder: 'FILE',
    required: true,
    help: 'what sign-in --json or respond --json wrote; - reads standard input',
  },
  'setup-software-token': { type: 'boolean', help: 'for MFA_SETUP: get the secret for an authenticator app' },
  ...ANSWERING_FLAGS,
  ...ENDPOINT_FLAGS,
  ...COMMON_FLAGS,
} as const satisfies FlagTable;

const HELP = `Usage: cognito-srp respond --challenge FILE [FLAGS]

Answers a challenge. FILE names the user pool and the app client, but not the endpoint: give --endpoint again.
An app client with a secret needs COGNITO_CLIENT_SECRET here too.

${formatFlagHelp(FLAGS)}

${ANSWERING_HELP}

To set up an authenticator app, run respond with --setup-software-token. It writes
{"secretCode":…,"otpauthUri":…,"challenge":{…}} and exits with 4. Store that in a file for the next
respond --challenge, and give the first code of the app there: --answer MFA_SETUP=123456.

${OUTCOME_HELP}`;

/** @returns the exit code: 0 if the user is signed in, 4 if a challenge waits */
export async function respondCommand(args: readonly string[], io: Io): Promise<number> {
  const flags = parseFlags(args, FLAGS);
  if (flags.has('help')) {
    io.stdout.write(HELP);
    return EXIT_CODES.done;
  }
  const source = flags.get('challenge') ?? '';
  const fromStdin = flags.has('password-stdin');
  if (source === '-' && fromStdin) {
    throw toUsageError('--password-stdin and --challenge - cannot both read standard input');
  }
  checkDeviceFlags(flags);
  const givenAnswers = readGivenAnswers(flags.getAll('answer') ?? [], io.env);
  const call = readCallOptions(flags, io);
  const { challenge, alias } = await readChallenge(source, io.stdin);
  if (!isInAws(challenge) && !flags.has('endpoint') && !flags.has('region')) {
    throw toUsageError(
      `The challenge is of user pool ${challenge.userPoolId} outside AWS: give --endpoint again`,
    );
  }
  const pool = completeClient(challenge, flags, io);
  if (flags.has('setup-software-token')) {
    if (challenge.name !== 'MFA_SETUP') {
      throw toUsageError('--setup-software-token needs the challenge MFA_SETUP');
    }
    const secret = await getSoftwareTokenSecret(pool, challenge, call);
    io.stdout.write(`${JSON.stringify({ ...secret, alias })}\n`);
    return EXIT_CODES.challengeWaiting;
  }
  const deviceFile = await openFlaggedDeviceFile(flags, pool);
  const { username } = challenge;
  const json = flags.has('json');
  const canAskPerson = io.stdin.isTTY === true && !json;
  const password = createPasswordSource(io, { fromStdin, username, canAskPerson });
  return runSignIn(async () => ({ status: 'challenge', challenge }), {
    io,
    pool,
    call,
    givenAnswers,
    readPassword: password.readIfAvailable,
    canAskPerson,
    json,
    alias: alias ?? username,
    deviceFile,
    rememberDevice: flags.has('remember-device'),
    challengeFromFile: challenge,
  });
}

/** AWS's user pool ids begin with a region: `eu-west-1_AbCdEf123`. */
const isInAws = ({ userPoolId }: { readonly userPoolId: string }): boolean =>
  /^[a-z]+(-[a-z]+)+-\d+_/.test(userPoolId);
