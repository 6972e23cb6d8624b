/** Runs a script in a browser, on a page from a local server to which it sends its result. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const LIMIT_MS = 300_000;

/** Serves the page, has it opened, and resolves to what it posts. */
async function serve({ code, input }, open) {
  const host = `globalThis.host = { input: ${JSON.stringify(input)}, report: (result) =>
    fetch('/result', { method: 'POST', body: JSON.stringify({ ...result, userAgent: navigator.userAgent }) }) };
    addEventListener('error', ({ message }) => globalThis.host.report({ error: message }));`;
  const files = {
    '/': [
      'text/html',
      '<!doctype html><meta charset="utf-8"><script src="/host.js"></script><script src="/run.js"></script>',
    ],
    '/host.js': ['text/javascript', host],
    '/run.js': ['text/javascript', code],
  };
  let settle;
  const posted = new Promise((done, fail) => {
    settle = { done, fail };
  });
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const parts = [];
      for await (const part of request) parts.push(part);
      response.end();
      settle.done(JSON.parse(Buffer.concat(parts).toString('utf8')));
      return;
    }
    const [type, body] = files[request.url] ?? [];
    response.writeHead(body ? 200 : 404, { 'content-type': `${type ?? 'text/plain'}; charset=utf-8` });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const timer = setTimeout(() => settle.fail(new Error('No result from the page')), LIMIT_MS);
  let close;
  try {
    close = await open(`http://127.0.0.1:${server.address().port}/`);
    return await posted;
  } finally {
    clearTimeout(timer);
    await close?.();
    server.closeAllConnections();
    server.close();
  }
}

/** Firefox takes no commands by Playwright's protocol; opening a page is all that is needed. */
export async function runFirefox(file, { code, input, folder }) {
  const profile = join(folder, 'firefox');
  mkdirSync(profile, { recursive: true });
  const result = await serve({ code, input }, async (url) => {
    const args = ['--headless', '--no-remote', '--profile', profile, url];
    // Its own group, so that its content processes end with it
    const child = spawn(file, args, { stdio: 'ignore', detached: true });
    const ended = new Promise((done) => child.once('exit', done));
    return async () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself
      }
      await ended;
    };
  });
  return { ...result, version: /Firefox\/([\d.]+)/.exec(result.userAgent ?? '')?.[1] };
}

/** @param slowDown how many times slower the processor is */
export async function runChromium(file, { code, input, slowDown = 1 }) {
  const browser = await chromium.launch({ executablePath: file, args: ['--no-sandbox'] });
  try {
    const result = await serve({ code, input }, async (url) => {
      const page = await browser.newPage();
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
      await page.goto(url);
      return () => page.close();
    });
    return { ...result, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/** How often a page is slowed down, and how long the stub takes to answer. */
export const SLOW_DOWN = 6;
const LATENCY_MS = 30;

/**
 * One sign-in in each of several fresh pages on a processor that many times slower: what each answered, and its longest
 * uninterrupted piece of work in ms; 0 is under 50, which browsers do not report.
 *
 * @throws Error where a sign-in failed, or the page does not report long tasks
 */
export async function longestPieces(file, { code, input, pages }) {
  const { rounds: _, ...rest } = input;
  const given = { ...rest, corpus: [], timestamps: [], latencyMs: LATENCY_MS };
  // The spinning is a control: a piece of work that has to be reported
  const watched = `const longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    }).observe({ type: 'longtask' });
    const later = () => new Promise((done) => setTimeout(done, 300));
    (async () => {
      const { report } = host;
      await later();
      for (const end = performance.now() + 120; performance.now() < end; );
      await later();
      const control = Math.max(0, ...longTasks);
      longTasks.length = 0;
      host.report = async (result) => {
        await later();
        report({ ...result, control, longest: Math.max(0, ...longTasks) });
      };
      ${code}
    })();`;
  const browser = await chromium.launch({ executablePath: file, args: ['--no-sandbox'] });
  const answers = [];
  try {
    while (answers.length < pages) {
      const answer = await serve({ code: watched, input: given }, async (url) => {
        const page = await browser.newPage();
        const session = await page.context().newCDPSession(page);
        await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
        await page.goto(url);
        return () => page.close();
      });
      if (answer.error) throw new Error(`Slowed down: ${answer.error}`);
      if (!(answer.control >= 100)) throw new Error('The page does not report long tasks');
      answers.push(answer);
    }
  } finally {
    await browser.close();
  }
  return answers;
}
