/** A browser is found where it should be, and `npm run browsers` names or installs a missing one. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findBrowser } from '../../scripts/browser.mjs';

const ROOT = resolve(__dirname, '../..');
const NOWHERE = { PATH: '', BROWSER_PATH: '', CHROMIUM_PATH: '', FIREFOX_PATH: '' };

describe('a browser', () => {
  const { env } = process;
  afterEach(() => {
    process.env = env;
  });

  test('is the one that is named', async () => {
    process.env = { ...env, FIREFOX_PATH: process.execPath, BROWSER_PATH: process.execPath };
    expect(await findBrowser('firefox')).toBe(process.execPath);
    expect(await findBrowser('chromium')).toBe(process.execPath);
  });

  test('that is named and cannot be run is an error, not a reason to take another', async () => {
    process.env = { ...env, BROWSER_PATH: `${ROOT}/no-browser` };
    await expect(findBrowser('chromium')).rejects.toThrow(
      /^BROWSER_PATH is .*no-browser, which cannot be run$/,
    );
  });

  test('that Playwright has is taken where the system has none, if it is there', async () => {
    process.env = { ...env, ...NOWHERE };
    const asked: string[] = [];
    const own = async (name: string) => {
      asked.push(name);
      return process.execPath;
    };
    expect(await findBrowser('chromium', own)).toBe(process.execPath);
    expect(asked).toEqual(['chromium']);
    await expect(findBrowser('chromium', async () => `${ROOT}/not-there`)).rejects.toThrow(
      /^No chromium found/,
    );
  });

  test('that is nowhere is an error of one line that names the command which installs it', async () => {
    process.env = { ...env, ...NOWHERE };
    await expect(findBrowser('firefox')).rejects.toThrow(
      /^No firefox found: run "npm run browsers", or set FIREFOX_PATH to its path$/,
    );
  });
});

describe('npm run browsers', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cognito-srp-browsers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const addCommand = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });

  function runScript() {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/install-browsers.mjs')], {
      env: { PATH: folder, PLAYWRIGHT_BROWSERS_PATH: folder },
      encoding: 'utf8',
    });
    return { status, lines: stderr.trimEnd().split('\n') };
  }

  test('names those that are there', () => {
    addCommand('chromium', []);
    addCommand('firefox', []);
    expect(runScript()).toEqual({
      status: 0,
      lines: [`chromium: ${folder}/chromium`, `firefox: ${folder}/firefox`],
    });
  });

  test('names what is missing where apt-get is not there, and exits with 1', () => {
    addCommand('chromium', []);
    const { status, lines } = runScript();
    expect(status).toBe(1);
    expect(lines).toEqual([
      `chromium: ${folder}/chromium`,
      'firefox is missing, so tests will fail: install it (Debian: apt-get install firefox-esr) or set FIREFOX_PATH to its path',
    ]);
  });

  test('installs what is missing where apt-get is there and the user is root, and nothing else', () => {
    addCommand('chromium', []);
    addCommand('apt-get', [
      `echo "$@" >> ${folder}/asked`,
      'case "$*" in *install*)',
      `  echo > ${folder}/firefox-esr; /bin/chmod +x ${folder}/firefox-esr;;`,
      'esac',
    ]);
    const { status, lines } = runScript();
    const isRoot = process.getuid?.() === 0;
    expect(status).toBe(isRoot ? 0 : 1);
    expect(lines.slice(1)).toEqual(
      isRoot
        ? ["Installing Debian's firefox-esr …", `firefox: ${folder}/firefox-esr`]
        : [expect.stringMatching(/^firefox is missing/)],
    );
  });

  test('says which variable names a file that cannot be run', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/install-browsers.mjs')], {
      env: { PATH: folder, CHROMIUM_PATH: '/nowhere/chromium', FIREFOX_PATH: process.execPath },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([
      1,
      `CHROMIUM_PATH is /nowhere/chromium, which cannot be run\nfirefox: ${process.execPath}\n`,
    ]);
  });
});
