/**
 * `npm run browsers`: names the browsers that the tests drive, and installs Debian's where one is missing and the user is
 * root. Elsewhere it says what to install. It exits with 1 when a browser is still missing at the end.
 */
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { BROWSERS, lookForBrowser } from './browser.mjs';

/** Another installation may hold apt's lists, and apt-get does not wait for that lock by itself. */
const UPDATE_ATTEMPTS = 12;
const UPDATE_PAUSE_MS = 5_000;

const missing = [];
for (const name of Object.keys(BROWSERS)) if (!(await report(name))) missing.push(name);
if (missing.length > 0 && isRoot() && hasAptGet()) {
  const packages = missing.map((name) => BROWSERS[name].debianPackage);
  console.error(`Installing Debian's ${packages.join(' and ')} …`);
  await install(packages);
  for (const name of missing) if (!(await report(name))) nameMissing(name);
} else {
  for (const name of missing) nameMissing(name);
}

/** Says where a browser is, and whether there is one. */
async function report(name) {
  try {
    const path = await lookForBrowser(name);
    if (path) console.error(`${name}: ${path}`);
    return path !== undefined;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
    return true;
  }
}

function nameMissing(name) {
  const { debianPackage, variables } = BROWSERS[name];
  console.error(
    `${name} is missing, so tests will fail: install it (Debian: apt-get install ${debianPackage}) or set ${variables.at(-1)} to its path`,
  );
  process.exitCode = 1;
}

function isRoot() {
  return process.getuid?.() === 0;
}

function hasAptGet() {
  return aptGet(['--version'], 'ignore');
}

async function install(packages) {
  for (let attempt = 1; attempt < UPDATE_ATTEMPTS && !aptGet(['update']); attempt++) {
    await pause(UPDATE_PAUSE_MS);
  }
  aptGet(['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages]);
}

/** @returns whether it succeeded */
function aptGet(args, stderr = 'inherit') {
  const { status } = spawnSync('apt-get', ['-q', ...args], {
    stdio: ['ignore', 'ignore', stderr],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
