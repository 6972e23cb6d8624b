/** Browsers: a page from a local server that sends back what it found. */
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

export async function runChromium(file, { code, small, input, bench }) {
  const browser = await chromium.launch({ executablePath: file, args: ['--no-sandbox'] });
  try {
    const result = await serve({ code, input }, async (url) => {
      const page = await browser.newPage();
      await page.goto(url);
      return () => page.close();
    });
    const longest = bench ? await longestPiece(browser, { code: small, input }) : undefined;
    return { ...result, longest, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/** The longest uninterrupted work of each of six sign-ins on a processor six times slower, in ms; 0 is under 50. */
async function longestPiece(browser, { code, input: { rounds: _, ...input } }) {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  const watched = `globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    }).observe({ type: 'longtask' });
    (async () => {
      const { report } = host;
      const pieces = [];
      const pause = () => new Promise((done) => setTimeout(done, 300));
      for (let i = 0; i < 6; i++) {
        await pause();
        longTasks.length = 0;
        const result = await new Promise((done) => { host.report = done; ${code} });
        if (result.error) return report(result);
        await pause();
        pieces.push(Math.max(0, ...longTasks));
      }
      report({ pieces });
    })();`;
  const given = { ...input, corpus: [], timestamps: [] };
  const { pieces } = await serve({ code: watched, input: given }, async (url) => {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await page.goto(url);
    return () => page.close();
  });
  return pieces;
}
