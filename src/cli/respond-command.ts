/** `cognito-srp respond`: goes on with a challenge that another run has written. */
import { type Challenge, parseChallenge } from '../index.ts';
import { COMMON_FLAGS, type Flags, flagLines, parseFlags, single } from './arguments.ts';
import { readFileUpTo, readUpTo } from './bounded-read.ts';
import { carryThrough } from './conversation.ts';
import { deviceFileOf } from './device-file.ts';
import { UsageError, wrongUsage } from './failure.ts';
import { readAnswers } from './given-answers.ts';
import type { Input, Io } from './io.ts';
import { passwordSource } from './password.ts';
import { callOptionsOf, clientWith, ENDPOINT_FLAGS } from './pool-client.ts';
import { ANSWERING_HELP, assertUse, OUTCOME_FLAGS, OUTCOME_HELP } from './sign-in-command.ts';
import { softwareTokenSecret } from './software-token-secret.ts';

const FLAGS = {
  challenge: {
    type: 'string',
    placeholder: 'FILE',
    required: true,
    help: 'what sign-in --json or respond --json wrote; - is standard input',
  },
  'setup-software-token': { type: 'boolean', help: "gets MFA_SETUP's secret for an authenticator app" },
  ...OUTCOME_FLAGS,
  ...ENDPOINT_FLAGS,
  ...COMMON_FLAGS,
} as const satisfies Flags;

const HELP = `Usage: cognito-srp respond --challenge FILE [FLAGS]

Answers a challenge, in the user pool and for the app client that it names. A client with a secret needs
COGNITO_CLIENT_SECRET here too.

${flagLines(FLAGS)}

${ANSWERING_HELP}

For an authenticator app, --setup-software-token writes {"secretCode":…,"otpauthUri":…,"challenge":{…}} and
exits with 4: give that to respond --challenge, with the app's code as --answer MFA_SETUP=123456.

${OUTCOME_HELP}`;

/** @returns the exit code: 0 signed in, 4 a challenge waits */
export async function respondCommand(args: readonly string[], io: Io): Promise<number> {
  const values = parseFlags(args, FLAGS);
  if (values.has('help')) {
    io.stdout.write(HELP);
    return 0;
  }
  const source = single(values, 'challenge') ?? '';
  const fromStdin = values.has('password-stdin');
  if (source === '-' && fromStdin) {
    throw wrongUsage('--password-stdin and --challenge - cannot both be standard input');
  }
  assertUse(values);
  const answers = readAnswers(values.get('answer') ?? [], io.env);
  const call = callOptionsOf(values, io);
  const { challenge, alias } = challengeIn(source === '-' ? await textFrom(io.stdin) : await textOf(source));
  const pool = clientWith(challenge, values, io);
  if (values.has('setup-software-token')) {
    if (challenge.name !== 'MFA_SETUP') {
      throw wrongUsage('--setup-software-token is for the challenge MFA_SETUP');
    }
    const secret = await softwareTokenSecret(pool, challenge, call);
    io.stdout.write(`${JSON.stringify({ ...secret, alias })}\n`);
    return 4;
  }
  const file = await deviceFileOf(values, pool);
  const { username } = challenge;
  const json = values.has('json');
  const asks = io.stdin.isTTY === true && !json;
  const first = { status: 'challenge', challenge } as const;
  const remembers = values.has('remember-device');
  const conversation = { io, pool, call, answers, asks, json, file, remembers };
  return carryThrough(async () => first, {
    ...conversation,
    username: alias ?? username,
    password: passwordSource(io, { fromStdin, username, asks }).ifAny,
    given: challenge,
  });
}

/** A challenge is some KB; more than this is another file. */
const MAX_BYTES = 1024 * 1024;

async function textOf(path: string): Promise<string> {
  const bytes = await readFileUpTo(path, MAX_BYTES).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.code;
    throw unreadable(`The challenge file ${path} cannot be read: ${reason}`);
  });
  if (!bytes) throw unreadable(`The file ${path} is too long for a challenge`);
  return bytes.toString();
}

async function textFrom(input: Input): Promise<string> {
  if (input.isTTY) throw unreadable('--challenge - reads from a pipe or a file, not from a terminal');
  const bytes = await readUpTo(input, MAX_BYTES);
  if (!bytes) throw unreadable('Standard input is too long for a challenge');
  return bytes.toString();
}

/**
 * A challenge alone, or the object it was written in: a step, a failed answer, or the secret of an authenticator
 * app. There it has the alias that was typed, too.
 */
function challengeIn(json: string): { readonly challenge: Challenge; readonly alias: string | undefined } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw unreadable('What --challenge names is not JSON: it must be what sign-in --json wrote');
  }
  const whole =
    typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  if (whole['status'] === 'signed-in') {
    throw unreadable('What --challenge names is a sign-in that is complete: nothing is asked any more');
  }
  const { challenge = value, alias } = whole;
  return {
    challenge: parseChallenge(JSON.stringify(challenge)),
    alias: typeof alias === 'string' && alias !== '' ? alias : undefined,
  };
}

const unreadable = (message: string) => new UsageError('CHALLENGE_UNREADABLE', message);
