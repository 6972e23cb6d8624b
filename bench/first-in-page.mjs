/**
 * `npm run bench:page [pages]`: the first sign-in of a page that was just opened, in Chromium, in Firefox and in Chromium slowed down
 * six times, beside the peers. Each page is opened in a browser of its own, so that nothing is compiled or kept. It takes the time until
 * the bundle is compiled and evaluated, and from the click until the answer to PASSWORD_VERIFIER is computed. Every answer is checked.
 * A run of the default size writes the tables of docs/internals/performance.md. It ends with 1 if a limit does not hold.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { findBrowser } from '../scripts/browser.mjs';
import { runChromium, runFirefox, SLOW_DOWN } from '../test/runtimes/browsers.mjs';
import { createExchange, createStub } from './exchange.mjs';
import { KEEPS_ZERO_BYTE, pageBundles } from './page-implementations.mjs';
import { median, requirement, requirementsTable, table, writeBetween, writeJson } from './report.mjs';

const root = resolve(import.meta.dirname, '..');
const PAGES = 7;
const pages = Number(process.argv[2] ?? PAGES);

const chromium = await findBrowser('chromium');
const firefox = await findBrowser('firefox');
const BROWSERS = [
  { name: 'Chromium', run: (given) => runChromium(chromium, given) },
  { name: 'Firefox', run: (given) => runFirefox(firefox, given) },
  {
    name: `Chromium at ${SLOW_DOWN}× slow-down`,
    run: (given) => runChromium(chromium, { ...given, slowDown: SLOW_DOWN }),
  },
];

/** Runs in the page. The bundle comes as a text, so that no time of the network is in the figures. */
async function signInOnce({ bundle, user, replies }, report) {
  const seen = {};
  let computedAt = 0;
  globalThis.fetch = async (_, init) => {
    const body = init.body;
    const sent = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
    const isAnswer = 'ChallengeResponses' in sent;
    if (isAnswer) computedAt = performance.now();
    Object.assign(seen, isAnswer ? sent.ChallengeResponses : { SRP_A: sent.AuthParameters.SRP_A });
    return new Response(isAnswer ? replies.tokens : replies.challenge, {
      headers: { 'content-type': 'application/x-amz-json-1.1' },
    });
  };
  const url = URL.createObjectURL(new Blob([bundle], { type: 'text/javascript' }));
  // The browser has just started, and has other work
  await new Promise((done) => setTimeout(done, 2000));
  const loading = performance.now();
  const { signIn } = await import(url);
  const loadedAt = performance.now();
  await new Promise((done) => setTimeout(done, 200));
  const button = document.createElement('button');
  const clicked = new Promise((done) => {
    button.addEventListener('click', () => done([performance.now(), signIn(user)]));
  });
  document.documentElement.append(button);
  button.click();
  const [clickedAt, signedIn] = await clicked;
  await signedIn;
  report({ seen, load: loadedAt - loading, signIn: computedAt - clickedAt });
}

/** @returns ms of one page */
async function openPage(browser, name, bundle) {
  const exchange = createExchange();
  const { username, password } = exchange;
  const stub = createStub(exchange);
  const replyTo = async (body) => (await stub.fetch('', { body: JSON.stringify(body) })).text();
  const replies = { challenge: await replyTo({}), tokens: await replyTo({ ChallengeResponses: {} }) };
  const folder = mkdtempSync(join(root, 'node_modules', '.cognito-srp-page-'));
  try {
    // The server of the page takes the report by fetch, which the page replaces
    const code = `{ const { fetch } = globalThis; const { input } = host;
      const report = (result) => fetch('/result', { method: 'POST', body: JSON.stringify(result) });
      (${signInOnce})(input, report).catch((error) => report({ error: String(error?.stack ?? error) })); }`;
    const input = { bundle, user: { username, password }, replies };
    const { seen, load, signIn, error } = await browser.run({ code, input, folder });
    if (error) throw new Error(`${browser.name}, ${name}: ${error}`);
    exchange.verify(seen, { keepsZeroByte: name === KEEPS_ZERO_BYTE });
    return { load, signIn, both: load + signIn };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const bundles = await pageBundles();
const names = Object.keys(bundles);
const [ENGINE, ...peers] = names;
const results = {};
/** How many processes wanted a processor, after each page. Above the number of processors the figures are those of a busy machine. */
const loads = [];
for (const browser of BROWSERS) {
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let page = 0; page < pages; page++) {
    // In turn, so that other work of the machine slows down all of them
    loads.push(loadavg()[0]);
    for (const name of names) times[name].push(await openPage(browser, name, bundles[name]));
    process.stderr.write(`${browser.name}: page ${page + 1} of ${pages}\n`);
  }
  const medianOf = (name, part) => median(times[name].map((each) => each[part]));
  results[browser.name] = Object.fromEntries(
    names.map((name) => [
      name,
      { load: medianOf(name, 'load'), signIn: medianOf(name, 'signIn'), both: medianOf(name, 'both') },
    ]),
  );
}

const cells = [['', 'bundle, KB', ...BROWSERS.flatMap(({ name }) => [`${name}: load`, 'sign-in', 'both'])]];
for (const name of names) {
  const row = BROWSERS.flatMap((browser) => {
    const { load, signIn, both } = results[browser.name][name];
    const ratio = both / results[browser.name][ENGINE].both;
    return [
      `${load.toFixed(0)} ms`,
      `${signIn.toFixed(0)} ms`,
      `${both.toFixed(0)} ms (${ratio.toFixed(1)}×)`,
    ];
  });
  cells.push([name, (bundles[name].length / 1024).toFixed(0), ...row]);
}
const ratioOf = (browser, name) => results[browser][name].both / results[browser][ENGINE].both;
// passwordless-auth computes with BigInt, as this engine does, and its bundle is smaller. On a busy machine the short work of both waits
// as long as other work does.
const atLeast = (peer) => (peer === 'amazon-cognito-passwordless-auth' ? 1 : 5);
const requirements = BROWSERS.flatMap(({ name: browser }) =>
  peers.map((peer) =>
    requirement(`${browser}: ${peer} ÷ this engine`, ratioOf(browser, peer), { atLeast: atLeast(peer) }),
  ),
);
const machine = `While it ran, ${median(loads).toFixed(0)} processes wanted one of ${cpus().length} processors (median of the load averages).`;
console.log(`${machine}\n\n${table(cells)}\n\n${requirementsTable(requirements)}`);
if (pages === PAGES) {
  writeBetween('docs/internals/performance.md', 'page', `${table(cells)}\n\n${machine}`);
  writeBetween('docs/internals/performance.md', 'limits-page', requirementsTable(requirements));
  writeJson('first-in-page.json', { pages, loads, results, requirements });
}
if (requirements.some(({ ok }) => !ok)) process.exitCode = 1;
