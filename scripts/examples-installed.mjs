/** Installs examples outside the repository, with the packed packages, and runs their commands. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lookForBrowser } from './browser.mjs';
import { copyExample } from './examples-folders.mjs';
import { startKept } from './servers-kept.mjs';

const root = resolve(import.meta.dirname, '..');
const STEP_LIMIT_MS = 300_000;
const SHOWN_LINES = 40;
// Nothing is taken from the registry that an earlier run has left in npm's cache. No example needs the scripts of what it installs
const INSTALL = 'npm install --prefer-offline --ignore-scripts --no-audit --no-fund --no-package-lock'.split(
  ' ',
);

/**
 * @param {string} folder where the tarballs are put
 * @returns {Record<string, string>} package → path of its tarball
 */
export function packPackages(folder) {
  return Object.fromEntries(
    [
      ['cognito-srp-engine', root],
      ['cognito-local-pool', join(root, 'pool')],
    ].map(([name, cwd]) => {
      const into = join(folder, 'packed', name);
      mkdirSync(into, { recursive: true });
      const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', into];
      execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
      return [name, join(into, readdirSync(into)[0])];
    }),
  );
}

/** What npm has told this process of the repository's package would mislead npm in the examples. */
export async function exampleEnvironment() {
  const ofNpm = Object.keys(process.env).filter((name) =>
    /^npm_(?!config_)|^npm_config_local_prefix$/.test(name),
  );
  const unset = Object.fromEntries(['INIT_CWD', ...ofNpm].map((name) => [name, undefined]));
  const [CHROMIUM_PATH, FIREFOX_PATH] = await Promise.all([
    lookForBrowser('chromium'),
    lookForBrowser('firefox'),
  ]);
  return { ...unset, CI: 'true', NO_COLOR: '1', CHROMIUM_PATH, FIREFOX_PATH };
}

/**
 * Copies an example, and installs it.
 *
 * @throws Error if npm fails
 */
export async function installExample(name, copy, tarballs, env) {
  copyExample(name, copy, tarballs);
  await runStep(INSTALL, copy, env);
}

/**
 * @returns {Promise<string>} what the command has printed to standard output
 * @throws Error with the end of the output if the command fails or takes too long
 */
export async function runStep(commandLine, cwd, env) {
  const said = { stdout: '', all: '' };
  const hear = (stream, text) => {
    said.all += text;
    if (stream === 'stdout') said.stdout += text;
  };
  const kept = startKept(commandLine, { cwd, env, hear });
  const timer = setTimeout(() => void kept.stop(), STEP_LIMIT_MS);
  const code = await kept.ended;
  clearTimeout(timer);
  if (code === 0) return said.stdout;
  const why = code === null ? `was stopped after ${STEP_LIMIT_MS / 1000} s` : `has ended with ${code}`;
  const end = said.all.trim().split('\n').slice(-SHOWN_LINES).join('\n');
  throw new Error(`${commandLine.join(' ')} ${why}:\n${end}`);
}
