/** `cognito-srp respond`: goes on with a challenge that another run has written. */
import { readFile } from 'node:fs/promises';
import { type Challenge, parseChallenge } from '../index.ts';
import { COMMON_FLAGS, type Flags, flagLines, parseFlags, single } from './arguments.ts';
import { carryThrough } from './conversation.ts';
import { deviceFileOf } from './device-file.ts';
import { UsageError } from './failure.ts';
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
    throw new UsageError('USAGE_INVALID', '--password-stdin and --challenge - cannot both be standard input');
  }
  assertUse(values);
  const answers = readAnswers(values.get('answer') ?? [], io.env);
  const call = callOptionsOf(values, io);
  const challenge = challengeIn(source === '-' ? await textFrom(io.stdin) : await textOf(source));
  const pool = clientWith(challenge, values, io);
  if (values.has('setup-software-token')) {
    if (challenge.name !== 'MFA_SETUP') {
      throw new UsageError('USAGE_INVALID', '--setup-software-token is for the challenge MFA_SETUP');
    }
    io.stdout.write(`${JSON.stringify(await softwareTokenSecret(pool, challenge, call))}\n`);
    return 4;
  }
  const store = await deviceFileOf(values, pool);
  const { username } = challenge;
  const json = values.has('json');
  const asks = io.stdin.isTTY === true && !json;
  const first = { status: 'challenge', challenge } as const;
  const remembers = values.has('remember-device');
  const conversation = { io, pool, call, answers, asks, json, username, store, remembers };
  return carryThrough(first, {
    ...conversation,
    password: passwordSource(io, { fromStdin, username, asks }).ifAny,
    setUp: answers.has('MFA_SETUP') ? challenge : undefined,
  });
}

/** A challenge is some KB; more than this is another file. */
const MAX_BYTES = 1024 * 1024;

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.code;
    throw unreadable(`The challenge file ${path} cannot be read: ${reason}`);
  });
  if (bytes.length > MAX_BYTES) throw unreadable(`The file ${path} is too long for a challenge`);
  return bytes.toString();
}

async function textFrom(input: Input): Promise<string> {
  if (input.isTTY) throw unreadable('--challenge - reads from a pipe or a file, not from a terminal');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MAX_BYTES) throw unreadable('Standard input is too long for a challenge');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

/** A challenge alone, or the object it was written in: a step, or the secret of an authenticator app. */
function challengeIn(json: string): Challenge {
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
  return parseChallenge(JSON.stringify(whole['challenge'] ?? value));
}

const unreadable = (message: string) => new UsageError('CHALLENGE_UNREADABLE', message);
