/** Starts the built command of the local pool: one to be set up by clients, and two whose clocks show another hour. */
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLambda } from './clients-lambda.mjs';
import { startKept } from './servers-kept.mjs';

const COMMAND = resolve(import.meta.dirname, '../pool/dist/esm/cli/main.js');
const START_LIMIT_MS = 30_000;
const DAY_S = 86_400;

const OAUTH_POOL = 'us-east-1_OAuth0000';

/**
 * pycognito expects an issuer that is the endpoint itself. Pools that clients create have it too, because the first pool has it. In the
 * second one, a browser has signed in.
 *
 * @param {string} session the value of the browser's cookie
 */
function oauthSeed(session) {
  const [sub, now] = ['0d7d8a1e-0000-4000-8000-000000000001', Date.now()];
  const login = {
    session: createHash('sha256').update(session).digest('base64'),
    sub,
    username: 'alice',
    methods: ['pwd'],
    hasLevel: false,
    authTime: Math.floor(now / 1000),
    createdAt: now,
    expires: now + 3_600_000,
  };
  return {
    pools: [
      { issuer: 'endpoint' },
      {
        userPoolId: OAUTH_POOL,
        issuer: 'endpoint',
        resourceServers: [{ identifier: 'orders', scopes: ['read'] }],
        clients: [
          { clientId: 'app', callbackUrls: ['http://localhost:3000/callback'] },
          {
            clientId: 'machine',
            clientSecret: 'a secret: 24%+characters',
            allowedOAuthFlows: ['client_credentials'],
            allowedOAuthScopes: ['orders/read'],
          },
        ],
        users: [
          {
            username: 'alice',
            password: 'Correct-Horse-9',
            attributes: { sub, email: 'alice@example.com' },
          },
        ],
        loginSessions: [login],
      },
    ],
  };
}

/** How many seconds a clock is ahead that shows this hour of UTC. */
function aheadOf(hour) {
  const now = Math.floor(Date.now() / 1000);
  return (hour * 3600 - (now % DAY_S) + DAY_S) % DAY_S || DAY_S;
}

const clockSeed = (ahead) => ({
  userPoolId: 'us-east-1_Clock0000',
  clients: [{ clientId: 'web' }, { clientId: 'server', clientSecret: 'a_secret_of_24_characters' }],
  users: [{ username: 'alice', password: 'Correct-Horse-9' }],
  faults: [{ name: 'clock-ahead', ahead }],
});

/**
 * @param {string} folder for the seed files
 * @param {(stop: () => Promise<void>) => void} onStarted is given the functions that end the pools
 * @returns the environment of the programs, and what the log of the pool with an afternoon clock says
 * @throws Error if a pool does not start
 */
export async function startPools(folder, onStarted) {
  const session = randomBytes(32).toString('base64url');
  const [morning, afternoon] = [aheadOf(10.5), aheadOf(15.5)];
  const lambda = ['--lambda-endpoint', await startLambda(onStarted)];
  const [pool, early, late] = await Promise.all([
    startPool('pool', oauthSeed(session), folder, onStarted, lambda),
    startPool('morning', clockSeed(morning), folder, onStarted),
    startPool('afternoon', clockSeed(afternoon), folder, onStarted),
  ]);
  return {
    env: {
      POOL_ENDPOINT: pool.endpoint,
      POOL_WITH_OAUTH: OAUTH_POOL,
      POOL_LOGIN_COOKIE: `cognito-${OAUTH_POOL}=${session}`,
      POOL_IN_THE_MORNING: `${early.endpoint} ${morning}`,
      POOL_IN_THE_AFTERNOON: `${late.endpoint} ${afternoon}`,
    },
    afternoonLog: late.log,
  };
}

async function startPool(name, seed, folder, onStarted, flags = []) {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(seed));
  const said = { stdout: '', stderr: '' };
  const server = startKept([process.execPath, COMMAND, '--json', '--seed', file, ...flags], {
    hear: (stream, text) => {
      said[stream] += text;
    },
  });
  onStarted(server.stop);
  const end = Date.now() + START_LIMIT_MS;
  while (!said.stdout.includes('\n')) {
    if (server.hasEnded()) throw new Error(`The pool has ended:\n${server.lastLines()}`);
    if (Date.now() > end) throw new Error('The pool has not started');
    await sleep(50);
  }
  return { endpoint: JSON.parse(said.stdout.split('\n')[0]).endpoint, log: () => said.stderr };
}
