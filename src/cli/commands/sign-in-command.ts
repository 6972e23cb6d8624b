/** `cognito-srp sign-in`: signs in once, and writes the outcome to stdout. */
import { FIRST_FACTORS } from '../../cognito/sign-in/challenge-types.ts';
import { type ChoiceCredentials, type Credentials, type FirstFactor, signIn } from '../../index.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { toUsageError } from '../failures.ts';
import {
  COMMON_FLAGS,
  type Flags,
  type FlagTable,
  formatFlagHelp,
  parseFlags,
  readNumber,
} from '../input/flags.ts';
import { createPasswordSource, type PasswordSource } from '../input/password-source.ts';
import { CLIENT_FLAGS, ENDPOINT_FLAGS, readCallOptions, readClient } from '../input/pool-flags.ts';
import type { Io } from '../io.ts';
import { formatDeviceProblem } from '../output/printable-text.ts';
import { readGivenAnswers } from '../sign-in/given-answers.ts';
import { runSignIn } from '../sign-in/run-sign-in.ts';
import { callWithAccessToken, openStoredSignIn } from '../stored/stored-sign-in.ts';
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
  readonly stepUp: StepUp;
}

/** What USER_AUTH takes to reach an authentication level. */
type StepUp = Pick<ChoiceCredentials, 'targetAcrValues' | 'maxAgeSeconds' | 'accessToken'>;

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
    async ({ username, password, preferredChallenge, stepUp }) => ({
      flow: 'USER_AUTH',
      username,
      ...stepUp,
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
  'target-acr': {
    type: 'string',
    placeholder: 'LEVEL',
    multiple: true,
    help: 'for USER_AUTH: a level to reach, the preferred one first',
  },
  'step-up': { type: 'boolean', help: 'with --target-acr: ask only for what the sign-in in FILE lacks' },
  'max-age': { type: 'string', placeholder: 'SECONDS', help: 'how old the sign-in in FILE may be for that' },
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
  const level = readLevel(flags, flow);
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
  const accessToken = flags.has('step-up') ? await readAccessToken(flags, io) : undefined;
  const stepUp = { ...level, ...(accessToken !== undefined && { accessToken }) };
  const credentials = await readCredentials({ username, password, preferredChallenge, stepUp });
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

/** Reads the level to reach, without the access token. */
function readLevel(flags: Flags<'target-acr' | 'max-age' | 'step-up' | 'device'>, flow: string): StepUp {
  const targetAcrValues = flags.getAll('target-acr');
  const maxAgeSeconds = readNumber(flags, 'max-age', { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true });
  if (targetAcrValues && flow !== 'USER_AUTH') throw toUsageError('--target-acr needs --flow USER_AUTH');
  if (flags.has('step-up') && !targetAcrValues) throw toUsageError('--step-up needs --target-acr LEVEL');
  if (flags.has('step-up') && !flags.has('device')) throw toUsageError('--step-up needs --device FILE');
  if (maxAgeSeconds !== undefined && !flags.has('step-up')) throw toUsageError('--max-age needs --step-up');
  return {
    ...(targetAcrValues && { targetAcrValues }),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
  };
}

/** The access token of the sign-in that FILE stores, refreshed if it has expired. */
async function readAccessToken(flags: Flags<keyof typeof FLAGS>, io: Io): Promise<string> {
  const stored = await openStoredSignIn(flags, io);
  const { result, problem } = await callWithAccessToken(stored, async (accessToken) => accessToken);
  if (problem) io.stderr.write(formatDeviceProblem(problem));
  return result;
}
