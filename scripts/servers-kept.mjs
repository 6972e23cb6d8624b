/** Starts processes that end with this one, and keeps the end of what they say. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const KEEPER = join(import.meta.dirname, 'servers-keeper.mjs');
/** How much of the output is kept for the case that the command fails: the last of its characters. */
const KEPT_CHARACTERS = 4000;

/**
 * Starts a command and its children in a process group of their own.
 *
 * @param {readonly string[]} commandLine the command and its arguments
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, hear?: (stream: 'stdout' | 'stderr', text: string) => void }} options
 *   `env` is added to the environment of this process, and what is undefined in it is taken away. `hear` is given all output.
 * @returns `ended` resolves with the exit code, and with null after `stop`. `lastLines` gives the end of the output.
 */
export function startKept(commandLine, { cwd, env, hear } = {}) {
  const keeper = spawn(process.execPath, [KEEPER, ...commandLine], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const name of ['stdout', 'stderr']) {
    keeper[name].setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
      hear?.(name, text);
    });
  }
  let hasEnded = false;
  const ended = new Promise((resolve) => {
    keeper.once('close', (code) => {
      hasEnded = true;
      resolve(code);
    });
  });
  return {
    ended,
    hasEnded: () => hasEnded,
    lastLines: () => output.trim().split('\n').slice(-5).join('\n'),
    stop: async () => {
      keeper.stdin.end();
      await ended;
    },
  };
}

/**
 * Runs a command to its end.
 *
 * @param {number} limitMs after this time the command is stopped
 * @param options as of `startKept`
 * @throws Error with the end of the output if the command fails or takes too long
 */
export async function runKept(commandLine, limitMs, options = {}) {
  const kept = startKept(commandLine, options);
  const timer = setTimeout(() => void kept.stop(), limitMs);
  const code = await kept.ended;
  clearTimeout(timer);
  if (code === 0) return;
  const why = code === null ? `was stopped after ${limitMs / 1000} s` : `has ended with ${code}`;
  throw new Error(`${commandLine.join(' ')} ${why}:\n${kept.lastLines()}`);
}
