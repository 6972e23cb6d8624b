/** `cognito-srp sign-in`: signs in once, and writes the outcome to stdout. */
import { FIRST_FACTORS } from '../../cognito/sign-in/challenge-types.ts';
import { type Credentials, type FirstFactor, signIn } from '../../index.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { toUsageError } from '../failures.ts';
import { COMMON_FLAGS, type Flags, type FlagTable, formatFlagHelp, parseFlags } from '../input/flags.ts';
import { createPasswordSource, type PasswordSource } from '../input/password-source.ts';
import { CLIENT_FLAGS, ENDPOINT_FLAGS, readCallOptions, readClient } from '../input/pool-flags.ts';
import type { Io } from '../io.ts';
import { readGivenAnswers } from '../sign-in/given-answers.ts';
import { runSignIn } from '../sign-in/run-sign-in.ts';
import {
  ANSWERING_FLAGS,
  ANSWERING_HELP,
  checkDeviceFlags,
  OUTCOME_HELP,
  openFlaggedDeviceFile,
} from './answering-flags.ts';

/** What the credentials of a flow are made of. */
interface CredentialSources {
  readonly username: string;
  readonly password: PasswordSource;
  readonly preferredChallenge: FirstFactor | undefined;
}

type ReadCredentials = (sources: CredentialSources) => Promise<Credentials>;

const DEFAULT_FLOW = 'USER_SRP_AUTH';

/** The values of --flow, and the credentials with which each flow begins. */
const FLOWS: ReadonlyMap<string, ReadCredentials> = new Map<string, ReadCredentials>([
  [DEFAULT_FLOW, async ({ username, password }) => ({ username, password: await password.readRequired() })],
  [
    'USER_PASSWORD_AUTH',
    async ({ username, password }) => ({
      flow: 'USER_PASSWORD_AUTH',
      username,
      password: await password.readRequired(),
    }),
  ],
  [
    'CUSTOM_AUTH',
    async ({ username, password }) => ({
      flow: 'CUSTOM_AUTH',
      username,
      ...(password.isGiven && { password: await password.readRequired() }),
    }),
  ],
  [
    'USER_AUTH',
    async ({ username, password, preferredChallenge }) => ({
      flow: 'USER_AUTH',
      username,
      ...(preferredChallenge && { preferredChallenge }),
      ...(preferredChallenge?.startsWith('PASSWORD') && { password: await password.readRequired() }),
    }),
  ],
]);
const FLOW_NAMES = [...FLOWS.keys()].join(', ');
const FIRST_FACTOR_NAMES = FIRST_FACTORS.join(', ');

const FLAGS = {
  ...CLIENT_FLAGS,
  username: { type: 'string', placeholder: 'NAME', required: true, help: 'user name or alias' },
  ...ENDPOINT_FLAGS,
  flow: { type: 'string', placeholder: 'FLOW', help: `${FLOW_NAMES}` },
  'preferred-challenge': {
    type: 'string',
    placeholder: 'FACTOR',
    help: `for USER_AUTH: ${FIRST_FACTOR_NAMES}`,
  },
  ...ANSWERING_FLAGS,
  ...COMMON_FLAGS,
} as const satisfies FlagTable;

const HELP = `Usage: cognito-srp sign-in --user-pool-id ID --client-id ID --username NAME [FLAGS]

Signs in to a user pool. The default flow is ${DEFAULT_FLOW}, which does not send the password.

${formatFlagHelp(FLAGS)}

The password comes from --password-stdin, from COGNITO_PASSWORD, or from a prompt at the terminal. The secret
of an app client that has one comes from COGNITO_CLIENT_SECRET. Neither can be an argument, because other
processes can read arguments. CUSTOM_AUTH checks the password first if one of the first two sources has it.

${ANSWERING_HELP}

${OUTCOME_HELP}`;

/** @returns the exit code: 0 if the user is signed in, 4 if a challenge waits */
export async function signInCommand(args: readonly string[], io: Io): Promise<number> {
  const flags = parseFlags(args, FLAGS);
  if (flags.has('help')) {
    io.stdout.write(HELP);
    return EXIT_CODES.done;
  }
  const flow = flags.get('flow') ?? DEFAULT_FLOW;
  const readCredentials = FLOWS.get(flow);
  if (!readCredentials) throw toUsageError(`--flow must be one of ${FLOW_NAMES}`);
  const preferredChallenge = readPreferredChallenge(flags, flow);
  checkDeviceFlags(flags);
  const givenAnswers = readGivenAnswers(flags.getAll('answer') ?? [], io.env);
  const pool = readClient(flags, io);
  const call = readCallOptions(flags, io);
  const deviceFile = await openFlaggedDeviceFile(flags, pool);
  const username = flags.get('username') ?? '';
  const json = flags.has('json');
  const canAskPerson = io.stdin.isTTY === true && !json;
  const fromStdin = flags.has('password-stdin');
  const password = createPasswordSource(io, { fromStdin, username, canAskPerson });
  const credentials = await readCredentials({ username, password, preferredChallenge });
  const startSignIn = () => signIn(pool, credentials, { ...call, device: deviceFile?.store.device });
  return runSignIn(startSignIn, {
    io,
    pool,
    call,
    givenAnswers,
    readPassword: password.readIfAvailable,
    canAskPerson,
    json,
    alias: username,
    deviceFile,
    rememberDevice: flags.has('remember-device'),
  });
}

function readPreferredChallenge(flags: Flags<'preferred-challenge'>, flow: string): FirstFactor | undefined {
  const text = flags.get('preferred-challenge');
  if (text === undefined) return undefined;
  const preferredChallenge = FIRST_FACTORS.find((factor) => factor === text);
  if (!preferredChallenge) throw toUsageError(`--preferred-challenge must be one of ${FIRST_FACTOR_NAMES}`);
  if (flow !== 'USER_AUTH') throw toUsageError('--preferred-challenge needs --flow USER_AUTH');
  return preferredChallenge;
}
