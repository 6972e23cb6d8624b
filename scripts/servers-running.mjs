/** Starts a server of others on a free port of the loopback interface. */
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { COMMANDS, PYTHON_OF, STRICT } from './servers-installed.mjs';
import { runKept, startKept } from './servers-kept.mjs';
import { openPools } from './servers-pools.mjs';

const START_LIMIT_MS = 90_000;
const MESSAGE_LIMIT_MS = 5_000;
const TRIGGERS_LIMIT_MS = 60_000;
const HOST = '127.0.0.1';
const MINISTACK_TRIGGERS = resolve(import.meta.dirname, '../test/servers/ministack/add_triggers.py');
/** What is right for the custom challenge. */
export const WORD = 'sesame';
const FIXED_CODE = '123456';

const ministackVariables = ({ port, folder }) => ({
  BIND_HOST: HOST,
  GATEWAY_PORT: String(port),
  SERVICES: 'cognito-idp,iam,lambda',
  STATE_DIR: join(folder, 'state'),
  S3_DATA_DIR: join(folder, 's3'),
  TMPDIR: folder,
  // It would listen on other ports too
  SFTP_ENABLED: '0',
  IOT_MTLS_ENABLED: '0',
});

/** What each server takes to listen on one port of the loopback interface, and to write into one folder. */
const SETTINGS = {
  moto: ({ port }) => ({ args: ['-H', HOST, '-p', String(port)] }),
  ministack: (place) => ({ env: ministackVariables(place) }),
  [STRICT]: (place) => ({ env: { ...ministackVariables(place), AUTH: 'true' } }),
  'cognito-local': ({ port }) => ({ env: { HOST, PORT: String(port), CODE: FIXED_CODE } }),
  fakecloud: ({ port }) => ({ args: [String(port), WORD] }),
};

/** cognito-local names itself as the issuer of its tokens. */
const ISSUERS = { 'cognito-local': (endpoint, userPoolId) => `${endpoint}/${userPoolId}` };

/**
 * Starts a server.
 *
 * @param {string} name `moto`, …
 * @param {string} parent a folder for what the server and the tests write
 * @param {(stop: () => Promise<void>) => void} onStarted is given the function that ends the server
 * @returns `openPool` gives the pool of a kind, `issuerOf` the issuer of its tokens where it is not that of AWS, and `readCode`
 *   the code that the server has sent to an address
 * @throws Error if the server does not start
 */
export async function startServer(name, parent, onStarted) {
  const folder = join(parent, name);
  await mkdir(folder);
  const port = await findFreePort();
  const endpoint = `http://${HOST}:${port}`;
  const { args = [], env } = SETTINGS[name]({ port, folder });
  const outbox = openOutbox();
  const server = startKept([...COMMANDS[name], ...args], { cwd: folder, env, hear: outbox.hear });
  onStarted(server.stop);
  const codeReaders = {
    [STRICT]: (address) => readMinistackCode(endpoint, address),
    fakecloud: outbox.readCode,
  };
  await waitUntilItAnswers(server, endpoint);
  if (['ministack', STRICT].includes(name)) await addTriggers(name, endpoint);
  return {
    name,
    folder,
    openPool: openPools(endpoint, { knowsMfaConfig: name !== 'cognito-local' }),
    issuerOf: ({ userPoolId }) => ISSUERS[name]?.(endpoint, userPoolId),
    readCode: codeReaders[name] ?? (async () => FIXED_CODE),
  };
}

function findFreePort() {
  return new Promise((resolvePort, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, HOST, () => {
      const { port } = server.address();
      server.close(() => resolvePort(port));
    });
  });
}

async function waitUntilItAnswers(server, endpoint) {
  const end = Date.now() + START_LIMIT_MS;
  while (!(await isAnswering(endpoint))) {
    if (server.hasEnded()) throw new Error(`has ended:\n${server.lastLines()}`);
    if (Date.now() > end) throw new Error(`has not answered within ${START_LIMIT_MS / 1000} s`);
    await sleep(200);
  }
}

const isAnswering = (endpoint) =>
  fetch(endpoint, { signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  );

/** Reads the messages that fakecloud writes to standard output, one JSON object a line. */
function openOutbox() {
  let rest = '';
  const messages = [];
  const takeMessage = (address) => {
    const index = messages.findIndex(({ to }) => to === address);
    return index < 0 ? undefined : messages.splice(index, 1)[0];
  };
  return {
    hear: (stream, text) => {
      if (stream !== 'stdout') return;
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      messages.push(...lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)));
    },
    /** @returns the code of the oldest message to this address that was not read yet. The server sends it a moment after it answers. */
    readCode: async (address) => {
      const end = Date.now() + MESSAGE_LIMIT_MS;
      let message = takeMessage(address);
      while (!message) {
        if (Date.now() > end) throw new Error(`no message has come to ${address}`);
        await sleep(20);
        message = takeMessage(address);
      }
      return /\d{6}/.exec(message.text)?.[0];
    },
  };
}

/** ministack runs the functions of its Lambda service in a process of its own. */
const addTriggers = (name, endpoint) =>
  runKept([PYTHON_OF[name], MINISTACK_TRIGGERS, endpoint, WORD], TRIGGERS_LIMIT_MS);

/** @returns the code of the last e-mail to this address, which ministack keeps before it answers */
async function readMinistackCode(endpoint, address) {
  const reply = await fetch(`${endpoint}/_ministack/ses/messages`);
  const { messages } = await reply.json();
  const last = Object.values(messages)
    .flat()
    .findLast(({ To }) => To.includes(address));
  return /\d{6}/.exec(last?.BodyText ?? '')?.[0];
}
