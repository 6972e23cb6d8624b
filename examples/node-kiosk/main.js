/**
 * `npm start`: the program of the device. Each round it asks the service who it is. It goes on without the network, ends with 0 after
 * SIGTERM, with 1 if a person is needed and nobody is at the terminal, and can be stopped at any moment: the file is always whole.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { getUser } from 'cognito-srp-engine';
import { createKiosk, PersonNeeded } from './kiosk.js';

class NobodyThere extends Error {}

const { env } = process;
const pool = {
  userPoolId: env.USER_POOL_ID ?? 'us-east-1_LocalPool',
  clientId: env.CLIENT_ID ?? 'web',
  // A pool on AWS needs no endpoint
  endpoint: env.ENDPOINT ?? (env.USER_POOL_ID ? undefined : 'http://127.0.0.1:9229'),
};
const credentials = {
  username: env.KIOSK_USERNAME ?? 'kiosk-7',
  password: env.KIOSK_PASSWORD ?? 'Correct-Horse-9',
};
const roundMs = Number(env.ROUND_MS ?? 10_000);

const kiosk = createKiosk(pool, credentials, env.KIOSK_FILE ?? 'kiosk.json');
kiosk.session.subscribe((_snapshot, event) => {
  if (event) console.log(event.type);
});

const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());
const { signal } = stopping;

while (!signal.aborted) {
  try {
    const accessToken = await kiosk.accessToken();
    const { username } = await getUser(pool, { accessToken }, { signal });
    console.log(`${username} works`);
  } catch (error) {
    tell(error);
    if (error instanceof PersonNeeded) {
      // Each try would send the person a code
      if (!(await setUpAtTerminal())) break;
      continue;
    }
  }
  await pause(roundMs, undefined, { signal }).catch(() => {});
}
kiosk.session.close();

function tell(error) {
  if (!signal.aborted) console.error(`${error.code ?? 'failed'}: ${error.message}`);
}

/** @returns whether to go on. After a wrong code the next round asks again. */
async function setUpAtTerminal() {
  try {
    await kiosk.setUp(askAtTerminal);
  } catch (error) {
    tell(error);
    if (error instanceof NobodyThere) process.exitCode = signal.aborted ? 0 : 1;
    return !(error instanceof NobodyThere);
  }
  return true;
}

async function askAtTerminal({ name }) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = once(terminal, 'close').then(() => {
      throw new NobodyThere('Nobody is at the terminal');
    });
    signal.addEventListener('abort', () => terminal.close());
    return await Promise.race([terminal.question(`Code for ${name}: `), ended]);
  } finally {
    terminal.close();
  }
}
