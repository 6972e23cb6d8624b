/** Starts the processes of the soak: pools by their command, and the clients. They end with this one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const here = import.meta.dirname;
const COMMAND = resolve(here, '../../pool/bin/cognito-local-pool.js');
const ANSWER_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;
const KEPT_CHARACTERS = 4000;

/** @param {string} clock what process-probe.mjs reads */
function start(args, clock) {
  const probe = join(here, 'process-probe.mjs');
  const child = spawn(process.execPath, ['--expose-gc', '--import', probe, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, SOAK_CLOCK: clock },
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints = (complaints + text).slice(-KEPT_CHARACTERS);
  });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  /** Sends a message, and waits for the one that has this member. */
  const ask = (message, member) =>
    new Promise((done, fail) => {
      const stopListening = () => {
        clearTimeout(timer);
        child.off('message', hear);
      };
      const hear = (answer) => {
        if (!(member in answer)) return;
        stopListening();
        done(answer[member]);
      };
      const timer = setTimeout(() => {
        stopListening();
        fail(new Error(`A process has not answered within ${ANSWER_LIMIT_MS / 1000} s:\n${complaints}`));
      }, ANSWER_LIMIT_MS);
      void ended.then((code) => {
        stopListening();
        fail(new Error(`A process has ended with ${code}:\n${complaints}`));
      });
      child.on('message', hear);
      child.send(message, () => {});
    });
  return {
    child,
    ended,
    ask,
    measure: () => ask({ measure: true }, 'measured'),
    lastComplaints: () => complaints,
    /** @returns the exit code, the signal, or undefined if the process is still there after 15 seconds */
    end: () => Promise.race([ended, sleep(STOP_LIMIT_MS, undefined, { ref: false })]),
  };
}

/** @param {readonly string[]} flags of the command */
export async function startPool(flags, clock) {
  const started = start([COMMAND, '--json', ...flags], clock);
  const lines = createInterface({ input: started.child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), started.ended.then(() => ({ done: true }))]);
  if (first.done) throw new Error(`The pool has not started:\n${started.lastComplaints()}`);
  const { endpoint } = JSON.parse(first.value);
  return {
    ...started,
    endpoint,
    setForward: (ms) => started.child.send({ setForwardMs: ms }),
    stop: () => {
      started.child.kill('SIGTERM');
      return started.end();
    },
  };
}

export function startTraffic(options, clock) {
  const started = start([join(here, 'traffic.mjs'), JSON.stringify(options)], clock);
  let last;
  started.child.on('message', ({ done }) => {
    last ??= done;
  });
  return {
    ...started,
    tally: () => started.ask({ tally: true }, 'tally'),
    /** What the clients have counted, once all flows have ended. */
    lastTally: () => last,
  };
}
