/** `cognito-srp pool`: serves a local user pool until it is stopped. */
import { createUserPool, type Listening, type UserPool, type UserPoolOptions } from '../pool/index.ts';
import { COMMON_FLAGS, type Flags, flagLines, numberOf, parseFlags, single } from './arguments.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { printable, shellWord } from './output.ts';
import { readSeed } from './seed.ts';

const FLAGS = {
  port: { type: 'string', placeholder: 'N', help: 'port on 127.0.0.1; left out, a free one' },
  seed: { type: 'string', placeholder: 'FILE', help: 'JSON with the pool, its app clients and its users' },
  ...COMMON_FLAGS,
} as const satisfies Flags;

/** The pool without a seed file. Its password is public: it stands in the documentation. */
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

Serves a local user pool on 127.0.0.1 to develop and test against, until SIGINT (Ctrl-C) or SIGTERM. Not for
production: it keeps everything in memory and shows who is in it.

${flagLines(FLAGS)}

Without --seed: user pool local_Pool1, app client web with every flow, user alice (or alice@example.com) with
password ${DEFAULT_PASSWORD}.

With --json the first line on stdout is {"endpoint":…,"userPoolId":…,"clientIds":[…]}; it is written once the
pool answers.

A seed file holds the options of createUserPool that JSON can hold:
  {
    "userPoolId": "local_Pool1",
    "clients": [{ "clientId": "web" }, { "clientId": "server", "clientSecret": "…" }],
    "users": [{ "username": "alice", "password": "…", "attributes": { "email": "alice@example.com" },
                "aliases": ["alice@example.com"], "status": "CONFIRMED", "mfa": { "email": true } }],
    "mfa": "OPTIONAL", "requiredAttributes": ["given_name"], "passwordPolicy": { "minimumLength": 12 },
    "faults": [{ "name": "throttle", "operation": "InitiateAuth", "nth": 2 }]
  }

The codes it would have sent by SMS and e-mail are at GET /_/outbox, the newest last.

Exit codes: 0 stopped, 2 wrong usage, a seed that cannot be used, or a port that cannot be had.
`;

/** @returns the exit code, once the pool has been stopped */
export async function poolCommand(args: readonly string[], io: Io): Promise<number> {
  const values = parseFlags(args, FLAGS);
  if (values.has('help')) {
    io.stdout.write(HELP);
    return 0;
  }
  const port = numberOf(values, 'port', { min: 0, max: 65535, whole: true }) ?? 0;
  const seedFile = single(values, 'seed');
  const options = seedFile === undefined ? DEFAULT_POOL : await readSeed(seedFile);
  const pool = createUserPool(options);
  const listening = await listenOn(pool, port);
  // Before the first line: who reads that may stop the pool at once.
  const stopped = io.untilStopped();
  if (values.has('json')) {
    const { userPoolId, clientIds } = pool;
    io.stdout.write(`${JSON.stringify({ endpoint: listening.endpoint, userPoolId, clientIds })}\n`);
  } else {
    io.stdout.write(welcome(pool, options, listening));
  }
  await stopped;
  await listening.close();
  return 0;
}

async function listenOn(pool: UserPool, port: number): Promise<Listening> {
  try {
    return await pool.listen(port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${code})`;
    throw new UsageError(
      'PORT_UNAVAILABLE',
      `Port ${port} ${reason}; give another --port, or none for a free one`,
    );
  }
}

function welcome(pool: UserPool, options: UserPoolOptions, { endpoint }: Listening): string {
  const users = pool.users.all();
  const names = users.slice(0, MOST_NAMES).map(({ username }) => username);
  const more = users.length > names.length ? ` and ${users.length - names.length} more` : '';
  const lines = [
    `Local user pool ${pool.userPoolId} answers at ${endpoint}`,
    '',
    `  app clients  ${pool.clientIds.join(', ')}`,
    `  users        ${names.join(', ') || 'none'}${more}`,
    '',
    'Sign in to it from another terminal:',
    '',
    `  ${signInLine(pool, options, endpoint)}`,
    '',
    `The codes it would have sent: ${endpoint}/_/outbox`,
    '',
    'Not for production: everything is in memory and gone with Ctrl-C.',
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

const MOST_NAMES = 8;

/** A line to copy into a shell. The default pool's password is public; a seed's stays in its file. */
function signInLine(pool: UserPool, options: UserPoolOptions, endpoint: string): string {
  const [clientId = 'CLIENT_ID'] = pool.clientIds;
  const [user] = pool.users.all();
  const hasSecret = options.clients?.[0]?.clientSecret !== undefined;
  return [
    ...(options === DEFAULT_POOL ? [`COGNITO_PASSWORD=${DEFAULT_PASSWORD}`] : []),
    ...(hasSecret ? ['COGNITO_CLIENT_SECRET=…'] : []),
    `npx cognito-srp-engine sign-in --endpoint ${endpoint} --user-pool-id ${pool.userPoolId}`,
    `--client-id ${clientId} --username ${shellWord(user?.username ?? 'NAME')}`,
  ].join(' ');
}
