/**
 * Finds a browser to drive. It never installs one, and it never goes on without one, because a test that does not run
 * must not look like one that passes. `npm run browsers` installs what is missing.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Searched in this order: the variables, the commands on PATH, Playwright's own copy. */
export const BROWSERS = {
  chromium: {
    variables: ['BROWSER_PATH', 'CHROMIUM_PATH'],
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    debianPackage: 'chromium',
  },
  firefox: {
    variables: ['FIREFOX_PATH'],
    commands: ['firefox-esr', 'firefox'],
    debianPackage: 'firefox-esr',
  },
};

/**
 * @param name a key of BROWSERS
 * @param findPlaywrightsOwn resolves to the path where Playwright would have put its copy
 * @returns the path of its executable, or undefined where there is none
 * @throws Error where a variable names a file that cannot be run
 */
export async function lookForBrowser(name, findPlaywrightsOwn = playwrightsPath) {
  const { variables, commands } = BROWSERS[name];
  for (const variable of variables) {
    const path = process.env[variable];
    if (!path) continue;
    if (isExecutable(path)) return path;
    throw new Error(`${variable} is ${path}, which cannot be run`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  const found = onPath.find(isExecutable);
  if (found) return found;
  const own = await findPlaywrightsOwn(name);
  return own && isExecutable(own) ? own : undefined;
}

/**
 * @param name a key of BROWSERS
 * @param findPlaywrightsOwn as for lookForBrowser
 * @returns the path of its executable
 * @throws Error of one line that names the command which installs it
 */
export async function findBrowser(name, findPlaywrightsOwn) {
  const path = await lookForBrowser(name, findPlaywrightsOwn);
  if (path) return path;
  throw new Error(
    `No ${name} found: run "npm run browsers", or set ${BROWSERS[name].variables.at(-1)} to its path`,
  );
}

/** Playwright's Firefox is patched, and only Playwright can drive it, so it is not used. */
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

/** For Chromium in a container, as root, without a network of its own. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
