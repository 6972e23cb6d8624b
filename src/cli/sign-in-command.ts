/** `cognito-srp sign-in`: one sign-in; its outcome on stdout. */
import { FIRST_FACTORS } from '../cognito/sign-in/challenge-types.ts';
import { type Credentials, type FirstFactor, signIn } from '../index.ts';
import { COMMON_FLAGS, type Flags, flagLines, parseFlags, single } from './arguments.ts';
import { carryThrough } from './conversation.ts';
import { DEVICE_FLAG, deviceFileOf } from './device-file.ts';
import { wrongUsage } from './failure.ts';
import { ANSWER_FLAG, answerLines, readAnswers } from './given-answers.ts';
import type { Io } from './io.ts';
import { type PasswordSource, passwordSource } from './password.ts';
import { CLIENT_FLAGS, callOptionsOf, clientOf, ENDPOINT_FLAGS } from './pool-client.ts';

/** What a flow begins with. */
interface Begin {
  readonly username: string;
  readonly password: PasswordSource;
  readonly preferredChallenge: FirstFactor | undefined;
}

/** What --flow takes; the first is the default. */
const FLOWS: Readonly<Record<string, (begin: Begin) => Promise<Credentials>>> = {
  USER_SRP_AUTH: async ({ username, password }) => ({ username, password: await password.required() }),
  USER_PASSWORD_AUTH: async ({ username, password }) => ({
    flow: 'USER_PASSWORD_AUTH',
    username,
    password: await password.required(),
  }),
  CUSTOM_AUTH: async ({ username, password }) => ({
    flow: 'CUSTOM_AUTH',
    username,
    ...(password.isGiven && { password: await password.required() }),
  }),
  USER_AUTH: async ({ username, password, preferredChallenge }) => ({
    flow: 'USER_AUTH',
    username,
    ...(preferredChallenge && { preferredChallenge }),
    ...(preferredChallenge?.startsWith('PASSWORD') && { password: await password.required() }),
  }),
};
const FLOW_NAMES = Object.keys(FLOWS).join(', ');

/** Of `sign-in` and `respond`. */
export const OUTCOME_FLAGS = {
  'password-stdin': { type: 'boolean', help: 'the password is all of standard input, less a final newline' },
  answer: ANSWER_FLAG,
  device: DEVICE_FLAG,
  'remember-device': {
    type: 'boolean',
    help: '--device: a new one may stand in for a second factor',
  },
} as const satisfies Flags;

const FLAGS = {
  ...CLIENT_FLAGS,
  username: { type: 'string', placeholder: 'NAME', required: true, help: 'user name or alias' },
  ...ENDPOINT_FLAGS,
  flow: { type: 'string', placeholder: 'F', help: FLOW_NAMES },
  'preferred-challenge': { type: 'string', placeholder: 'C', help: `USER_AUTH: ${FIRST_FACTORS.join(', ')}` },
  ...OUTCOME_FLAGS,
  ...COMMON_FLAGS,
} as const satisfies Flags;

/** What `sign-in` and `respond` have in common, for --help. */
export const ANSWERING_HELP = `Answers (--answer KEY=VALUE; or COGNITO_ANSWER_KEY in the environment, which others cannot read as they can
arguments). At a terminal and without --json, what is missing is asked.

${answerLines()}`;

export const OUTCOME_HELP = `With --json stdout holds one object: {"status":"signed-in","username":…,"tokens":{…}} or
{"status":"challenge","challenge":{…}}; a failure is one object on stderr: {"code":…,"name":…,"message":…}.
After a wrong answer the failure has the "challenge", and respond --challenge takes it.

Exit codes:
   0  signed in
   1  the service refused
   2  wrong usage; nothing was sent
   3  no usable answer: network, time limit, or not a reply of Cognito
   4  a challenge waits for an answer: cognito-srp respond
  70  the outcome is lost: standard output cannot be written; or a fault in this program
`;

const HELP = `Usage: cognito-srp sign-in --user-pool-id ID --client-id ID --username NAME [FLAGS]

Signs in to a user pool. With USER_SRP_AUTH, the default, the password does not leave this machine.

${flagLines(FLAGS)}

The password comes from --password-stdin, from COGNITO_PASSWORD, or from a prompt at the terminal; the client
secret, for app clients that have one, from COGNITO_CLIENT_SECRET. Neither is ever an argument. CUSTOM_AUTH
begins with the password where one of the first two gives it.

${ANSWERING_HELP}

${OUTCOME_HELP}`;

/** @returns the exit code: 0 signed in, 4 a challenge waits */
export async function signInCommand(args: readonly string[], io: Io): Promise<number> {
  const values = parseFlags(args, FLAGS);
  if (values.has('help')) {
    io.stdout.write(HELP);
    return 0;
  }
  const flow = single(values, 'flow') ?? 'USER_SRP_AUTH';
  const credentialsOf = Object.hasOwn(FLOWS, flow) ? FLOWS[flow] : undefined;
  if (!credentialsOf) throw wrongUsage(`--flow takes ${FLOW_NAMES}`);
  const preferred = single(values, 'preferred-challenge');
  const preferredChallenge = FIRST_FACTORS.find((factor) => factor === preferred);
  if (preferred !== undefined && !preferredChallenge) {
    throw wrongUsage(`--preferred-challenge takes ${FIRST_FACTORS.join(', ')}`);
  }
  if (preferred !== undefined && flow !== 'USER_AUTH') {
    throw wrongUsage('--preferred-challenge is for --flow USER_AUTH');
  }
  assertUse(values);
  const answers = readAnswers(values.get('answer') ?? [], io.env);
  const pool = clientOf(values, io);
  const call = callOptionsOf(values, io);
  const file = await deviceFileOf(values, pool);
  const username = single(values, 'username') ?? '';
  const json = values.has('json');
  const asks = io.stdin.isTTY === true && !json;
  const password = passwordSource(io, { fromStdin: values.has('password-stdin'), username, asks });
  const credentials = await credentialsOf({ username, password, preferredChallenge });
  const remembers = values.has('remember-device');
  const conversation = { io, pool, call, answers, asks, json, username, file, remembers };
  const begin = () => signIn(pool, credentials, { ...call, device: file?.store.device });
  return carryThrough(begin, { ...conversation, password: password.ifAny });
}

/** @throws UsageError for flags that are of use with another one only */
export function assertUse(values: { has(name: 'device' | 'remember-device'): boolean }): void {
  if (values.has('remember-device') && !values.has('device')) {
    throw wrongUsage('--remember-device is of use with --device FILE only');
  }
}
