/** Runs programs of other languages that report cases, and prints how every case ended. */
import { devNull } from 'node:os';
import { startKept } from './servers-kept.mjs';

const PROGRAM_LIMIT_MS = 600_000;

/** What this machine knows of AWS and of proxies is kept away from the programs. */
export const CLEAN_ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'any',
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_ENDPOINT_URL: undefined,
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  NO_PROXY: '127.0.0.1',
  no_proxy: '127.0.0.1',
  PYTHONDONTWRITEBYTECODE: '1',
};

/**
 * Runs a program whose lines are JSON objects.
 *
 * @param {readonly string[]} commandLine
 * @param {Record<string, string | undefined>} env is added to the environment of this process
 * @returns `lines`, what it has printed, and `ended`, how it has ended, in words
 */
export async function runProgram(commandLine, env) {
  let output = '';
  const program = startKept(commandLine, {
    env,
    hear: (stream, text) => {
      if (stream === 'stdout') output += text;
    },
  });
  const timer = setTimeout(() => void program.stop(), PROGRAM_LIMIT_MS);
  const code = await program.ended;
  clearTimeout(timer);
  return { lines: readLines(output), ended: `the program has ended with ${code}:\n${program.lastLines()}` };
}

/** Lines that are not JSON are left out. The cases they would have told of are then missing. */
function readLines(output) {
  return output.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/**
 * Prints every case and the line with the sum, and ends this process.
 *
 * @param {readonly { client: string, name: string, error?: string, differs?: string }[]} results a case without an error has passed
 */
export function printAndExit(results) {
  for (const { client, name, error, differs } of results) {
    console.log(`${error === undefined ? 'ok  ' : 'FAIL'} ${client}: ${name}`);
    if (differs !== undefined) console.log(`       ${differs}`);
    if (error !== undefined) console.log(`       ${error.replaceAll('\n', '\n       ')}`);
  }
  const failed = results.filter(({ error }) => error !== undefined).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** Ends this process with one failure. */
export function giveUp(line) {
  console.error(line);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** Runs a function, and gives up where it throws. */
export function orGiveUp(run) {
  try {
    return run();
  } catch (error) {
    return giveUp(error.message);
  }
}

/** Gives up after a time, after an error that nobody caught, and when this process is told to stop. What was started ends with it. */
export function limitThisProcess(limitMs) {
  setTimeout(() => giveUp(`Not done within ${limitMs / 60_000} minutes`), limitMs).unref();
  process.once('uncaughtException', ({ stack }) => giveUp(stack));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => giveUp(`Stopped by ${signal}`));
}
