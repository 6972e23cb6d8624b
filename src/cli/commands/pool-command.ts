/** `cognito-srp pool`: serves a local user pool until it is stopped. */
import { createUserPool, type Listening, type UserPool, type UserPoolOptions } from '../../pool/index.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { UsageError } from '../failures.ts';
import { COMMON_FLAGS, type FlagTable, formatFlagHelp, parseFlags, readNumber } from '../input/flags.ts';
import { readSeed } from '../input/seed.ts';
import type { Io } from '../io.ts';
import { toPrintable, toShellWord } from '../output/printable-text.ts';

const FLAGS = {
  port: { type: 'string', placeholder: 'PORT', help: 'port on 127.0.0.1; default: a free port' },
  seed: { type: 'string', placeholder: 'FILE', help: 'JSON with the pool, its app clients and its users' },
  ...COMMON_FLAGS,
} as const satisfies FlagTable;

/** The password of the pool without a seed file. It is public: it stands in the documentation. */
const DEFAULT_PASSWORD = 'Correct-Horse-9';
const DEFAULT_POOL: UserPoolOptions = {
  users: [
    {
      username: 'alice',
      password: DEFAULT_PASSWORD,
      attributes: { email: 'alice@example.com', email_verified: 'true' },
      aliases: ['alice@example.com'],
    },
  ],
};

const HELP = `Usage: cognito-srp pool [FLAGS]

Serves a local user pool on 127.0.0.1 for development and tests, until Ctrl-C (SIGINT) or SIGTERM. It is not
for production: it keeps everything in memory, and shows its users and codes to everybody on this machine.

${formatFlagHelp(FLAGS)}

Without --seed, it has the user pool local_Pool1, the app client web with every flow, and the user alice (or
alice@example.com) with the password ${DEFAULT_PASSWORD}.

With --json, the first line on stdout is {"endpoint":…,"userPoolId":…,"clientIds":[…]}. It is written once
the pool answers.

A seed file is a JSON object with the options of createUserPool, except those that are functions:
  {
    "userPoolId": "local_Pool1",
    "clients": [{ "clientId": "web" }, { "clientId": "server", "clientSecret": "…" }],
    "users": [{ "username": "alice", "password": "…", "attributes": { "email": "alice@example.com" },
                "aliases": ["alice@example.com"], "status": "CONFIRMED", "mfa": { "email": true } }],
    "mfa": "OPTIONAL", "requiredAttributes": ["given_name"], "passwordPolicy": { "minimumLength": 12 },
    "faults": [{ "name": "throttle", "operation": "InitiateAuth", "nth": 2 }]
  }

The pool sends no SMS and no e-mail. GET /_/outbox on its endpoint lists the codes, the newest last.

Exit codes:
   0  the pool was stopped
   2  the command was called wrongly, or the seed file or the port cannot be used
`;

/** @returns the exit code, once the pool has been stopped */
export async function poolCommand(args: readonly string[], io: Io): Promise<number> {
  const flags = parseFlags(args, FLAGS);
  if (flags.has('help')) {
    io.stdout.write(HELP);
    return EXIT_CODES.done;
  }
  const port = readNumber(flags, 'port', { min: 0, max: 65535, whole: true }) ?? 0;
  const seedPath = flags.get('seed');
  const options = seedPath === undefined ? DEFAULT_POOL : await readSeed(seedPath);
  const pool = createUserPool(options);
  const listening = await listenOnPort(pool, port);
  // Signals are watched before the first line is written, because whoever reads it may stop the pool at once.
  const stopped = io.untilStopped();
  if (flags.has('json')) {
    const { userPoolId, clientIds } = pool;
    io.stdout.write(`${JSON.stringify({ endpoint: listening.endpoint, userPoolId, clientIds })}\n`);
  } else {
    io.stdout.write(formatWelcome(pool, options, listening));
  }
  await stopped;
  await listening.close();
  return EXIT_CODES.done;
}

/** @throws UsageError PORT_UNAVAILABLE */
async function listenOnPort(pool: UserPool, port: number): Promise<Listening> {
  try {
    return await pool.listen(port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
    throw new UsageError(
      'PORT_UNAVAILABLE',
      `Port ${port} ${reason}. Choose another --port, or leave it out to get a free one`,
    );
  }
}

const MAX_USERS_SHOWN = 8;

function formatWelcome(pool: UserPool, options: UserPoolOptions, { endpoint }: Listening): string {
  const users = pool.users.all();
  const names = users.slice(0, MAX_USERS_SHOWN).map(({ username }) => username);
  const more = users.length > names.length ? ` and ${users.length - names.length} more` : '';
  const lines = [
    `The local user pool ${pool.userPoolId} answers at ${endpoint}`,
    '',
    `  app clients  ${pool.clientIds.join(', ')}`,
    `  users        ${names.join(', ') || 'none'}${more}`,
    '',
    'Sign in to it from another terminal:',
    '',
    `  ${formatSignInCommand(pool, options, endpoint)}`,
    '',
    'The pool sends no SMS and no e-mail. See the codes here:',
    '',
    `  ${endpoint}/_/outbox`,
    '',
    'It is not for production. It keeps everything in memory, and Ctrl-C ends it.',
  ];
  return `${lines.map(toPrintable).join('\n')}\n`;
}

/** Writes the command to copy into a shell. It shows the default password, which is public, and no secret of a seed. */
function formatSignInCommand(pool: UserPool, options: UserPoolOptions, endpoint: string): string {
  const [clientId = 'CLIENT_ID'] = pool.clientIds;
  const [user] = pool.users.all();
  const words = [
    `npx cognito-srp-engine sign-in --endpoint ${endpoint} --user-pool-id ${pool.userPoolId}`,
    `--client-id ${clientId} --username ${toShellWord(user?.username ?? 'NAME')}`,
  ];
  if (options.clients?.[0]?.clientSecret !== undefined) words.unshift('COGNITO_CLIENT_SECRET=…');
  if (options === DEFAULT_POOL) words.unshift(`COGNITO_PASSWORD=${DEFAULT_PASSWORD}`);
  return words.join(' ');
}
