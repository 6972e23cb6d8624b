/**
 * Finds a browser to drive, or installs Debian's where it may. Never goes on without one: a test that does not
 * run must not look like one that passes.
 *
 * Looked at in this order: BROWSER_PATH, CHROMIUM_PATH (Firefox: FIREFOX_PATH), the system's, Playwright's own.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const BROWSERS = {
  chromium: {
    variables: ['BROWSER_PATH', 'CHROMIUM_PATH'],
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packageName: 'chromium',
  },
  firefox: {
    variables: ['FIREFOX_PATH'],
    commands: ['firefox-esr', 'firefox'],
    packageName: 'firefox-esr',
  },
};

/**
 * @param playwrightsOwn where Playwright would have put its browser
 * @returns the path of its executable
 */
export async function findBrowser(name, playwrightsOwn = playwrightsPath) {
  const found = await lookFor(name, playwrightsOwn);
  if (found) return found;
  const { packageName, variables } = BROWSERS[name];
  install(packageName);
  const installed = await lookFor(name, playwrightsOwn);
  if (installed) return installed;
  throw new Error(
    `No ${name} found: install it (Debian: apt-get install ${packageName}) or set ${variables.at(-1)} to its path`,
  );
}

async function lookFor(name, playwrightsOwn) {
  const { variables, commands } = BROWSERS[name];
  for (const variable of variables) {
    const path = process.env[variable];
    if (path) {
      if (isExecutable(path)) return path;
      throw new Error(`${variable} is ${path}, which cannot be run`);
    }
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const system = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  const found = system.find(isExecutable);
  if (found) return found;
  const own = await playwrightsOwn(name);
  return own && isExecutable(own) ? own : undefined;
}

/** Its Firefox is a patched one, which only Playwright can drive. */
async function playwrightsPath(name) {
  const { chromium } = await import('playwright-core');
  return name === 'chromium' ? chromium.executablePath() : undefined;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Test files run side by side; apt-get does not. */
function install(packageName) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.error(`Installing Debian's ${packageName} …`);
  const lock = join(tmpdir(), 'cognito-srp-engine-apt.lock');
  const apt = (...args) =>
    execFileSync('flock', [lock, 'apt-get', '-q', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', packageName);
  } catch {
    // What is missing is said by the caller, in one line
  }
}

/** For Chromium in a container, as root, without a network of its own. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
