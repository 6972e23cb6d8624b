/**
 * `npm run vitals`: measures examples/login-page in Chromium with the package web-vitals, and writes the table of
 * docs/internals/page-vitals.md. The processor is slowed down four times, and the network is that of a slow 4G phone.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { median, table, writeBetween } from '../bench/report.mjs';
import { CHROMIUM_ARGUMENTS, findBrowser } from './browser.mjs';
import { startBuilt } from './login-page.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const RUNS = 5;
/** Lighthouse's settings for a phone: 1.6 Mbit/s down, 750 kbit/s up, 150 ms. */
const SLOW_4G = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750, offline: false };
/** What web.dev calls good, in milliseconds, and without a unit for CLS. */
const GOOD = { TTFB: 800, FCP: 1800, LCP: 2500, INP: 200, CLS: 0.1 };

const script = await readFile(join(root, 'node_modules/web-vitals/dist/web-vitals.iife.js'), 'utf8');
const started = await startBuilt({ page: 0, pool: 0 });
const browser = await chromium.launch({
  executablePath: await findBrowser('chromium'),
  args: CHROMIUM_ARGUMENTS,
});

/** Opens the page, signs in with a wrong and a right password, and reads the figures of that visit. */
async function visit() {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  await context.addInitScript(
    `${script}
    window.vitals = {};
    for (const name of ['TTFB', 'FCP', 'LCP', 'INP', 'CLS'])
      webVitals['on' + name](({ value }) => { window.vitals[name] = value; }, { reportAllChanges: true });`,
  );
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(started.url);
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByLabel('Password', { exact: true }).fill('wrong-horse');
  await page.getByRole('button', { name: 'Sign in', exact: true }).tap();
  await page.locator('form [role=alert] p').waitFor();
  await page.getByLabel('Password', { exact: true }).fill('Correct-Horse-9');
  await page.getByRole('button', { name: 'Sign in', exact: true }).tap();
  await page.getByRole('heading', { level: 1, name: 'Remember this device?' }).waitFor();
  // The figures are reported when the browser is idle
  await page.waitForFunction(() => 'INP' in window.vitals && 'CLS' in window.vitals);
  const vitals = await page.evaluate(() => window.vitals);
  await context.close();
  return vitals;
}

try {
  const visits = [];
  for (let i = 0; i < RUNS; i++) visits.push(await visit());
  const shown = (name, value) => (name === 'CLS' ? value.toFixed(3) : `${Math.round(value)} ms`);
  const written = table([
    ['figure', 'median', 'good'],
    ...Object.entries(GOOD).map(([name, good]) => [
      name,
      ...[median(visits.map((vitals) => vitals[name])), good].map((value) => shown(name, value)),
    ]),
  ]);
  writeBetween('docs/internals/page-vitals.md', 'vitals', written);
  console.log(written);
} finally {
  await browser.close();
  await started.close();
}
