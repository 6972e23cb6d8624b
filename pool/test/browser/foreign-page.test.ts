/** A page of another site tries in Chromium to read the codes of the built pool, to reset it and to administer it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUserPool } from 'cognito-local-pool';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../../scripts/browser.mjs';
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { SIGNED } from '../admin-calls.ts';

/** Every name below .example leads to this machine, as the name of an attacker can (DNS rebinding). */
const EVIL = 'evil.example';

let browser: Browser;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await findBrowser('chromium'),
    args: [...CHROMIUM_ARGUMENTS, '--host-resolver-rules=MAP *.example 127.0.0.1'],
    timeout: 60_000,
  });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => browser?.close());

/** A pool that has sent a code to alice. */
async function startPool() {
  const pool = createUserPool({
    users: [
      {
        username: 'alice',
        password: 'Correct-Horse-9',
        attributes: { email: 'alice@example.com', email_verified: 'true' },
      },
    ],
  });
  const { endpoint, port, close } = await pool.listen();
  ends.push(close);
  await sendRequest(pool, 'ForgotPassword', { ClientId: 'web', Username: 'alice' });
  const [message] = pool.outbox;
  if (!message) throw new Error('No code was sent');
  return { pool, endpoint, port, code: message.code };
}

async function openPage(url: string): Promise<Page> {
  const context = await browser.newContext();
  ends.push(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Opens an empty page of the other site, on a port of its own. */
async function openForeignPage(): Promise<Page> {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Evil</title>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return openPage(`http://${EVIL}:${(server.address() as AddressInfo).port}/`);
}

const ADMIN = {
  method: 'POST',
  headers: {
    ...SIGNED,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.AdminDeleteUser',
  },
  body: JSON.stringify({ UserPoolId: 'us-east-1_LocalPool', Username: 'alice' }),
};

test('no request of its script reads a code', async () => {
  const { endpoint, code } = await startPool();
  const page = await openForeignPage();
  const read = await page.evaluate(async (url) => {
    const textOf = (init: RequestInit) =>
      fetch(url, init).then(
        async (response) => `${response.type} ${response.status} ${await response.text()}`,
        (error: unknown) => String(error),
      );
    const framed = (sandbox: boolean) =>
      new Promise<string>((resolve) => {
        const frame = document.createElement('iframe');
        if (sandbox) {
          // The origin of such a frame is null
          frame.setAttribute('sandbox', 'allow-scripts');
          frame.srcdoc = `<script>fetch('${url}').then((response) => response.text()).then(
            (text) => parent.postMessage(text, '*'), (error) => parent.postMessage(String(error), '*'))</script>`;
          addEventListener('message', ({ data }) => resolve(String(data)), { once: true });
        } else {
          frame.src = url;
          frame.onload = () => {
            try {
              resolve(frame.contentDocument?.body.textContent ?? 'closed');
            } catch (error) {
              resolve(String(error));
            }
          };
        }
        document.body.append(frame);
      });
    return [
      await textOf({}),
      await textOf({ mode: 'no-cors' }),
      await textOf({ headers: { origin: 'http://127.0.0.1', host: '127.0.0.1' } }),
      await framed(false),
      await framed(true),
    ];
  }, `${endpoint}/_/outbox`);
  expect(read).toHaveLength(5);
  expect(read.join('\n')).not.toContain(code);
  expect(read[0]).toMatch(/^cors 403 /);
  expect(read[1]).toMatch(/Failed to fetch/);
});

test('the outbox is neither a script nor a style of its page', async () => {
  const { endpoint } = await startPool();
  const page = await openForeignPage();
  const loaded = await page.evaluate(async (url) => {
    const load = (element: HTMLScriptElement | HTMLLinkElement) =>
      new Promise<string>((resolve) => {
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        document.head.append(element);
      });
    const script = Object.assign(document.createElement('script'), { src: url });
    const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url });
    return [await load(script), await load(style)];
  }, `${endpoint}/_/outbox`);
  expect(loaded).toEqual(['refused', 'refused']);
});

test('nothing that it sends resets the pool, has tokens issued or changes a user', async () => {
  const { pool, endpoint, code } = await startPool();
  const page = await openForeignPage();
  const answers = await page.evaluate(
    async ([url, admin]) => {
      const statusOf = (path: string, init: RequestInit) =>
        fetch(url + path, init).then(
          ({ status }) => status,
          () => -1,
        );
      const post = { method: 'POST', body: '{"username":"alice"}' };
      const form = document.createElement('form');
      const frame = Object.assign(document.createElement('iframe'), { name: 'target' });
      Object.assign(form, { method: 'post', action: `${url}/_/reset`, target: 'target' });
      document.body.append(form, frame);
      const answered = new Promise((resolve) => {
        frame.onload = resolve;
      });
      form.submit();
      await answered;
      navigator.sendBeacon(`${url}/_/reset`);
      return [
        await statusOf('/_/reset', post),
        await statusOf('/_/reset', { ...post, mode: 'no-cors', referrerPolicy: 'no-referrer' }),
        await statusOf('/_/tokens', post),
        await statusOf('/', admin),
      ];
    },
    [endpoint, ADMIN] as const,
  );
  // A no-cors request shows no status
  expect(answers).toEqual([403, 0, 403, 403]);
  expect(pool.outbox.map((message) => message.code)).toEqual([code]);
  expect(pool.users.find('alice')).toBeDefined();
});

test('a name of the other site that leads to this machine gets no further', async () => {
  const { pool, port, code } = await startPool();
  // To the browser this page and the pool are one origin
  const page = await openPage(`http://${EVIL}:${port}/health`);
  const answers = await page.evaluate(async (admin) => {
    const answerOf = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(path, init);
      return [response.status, await response.text()] as const;
    };
    return [
      await answerOf('/_/outbox'),
      await answerOf('/_/outbox', {
        headers: { 'x-forwarded-host': '127.0.0.1', forwarded: 'host=127.0.0.1' },
      }),
      await answerOf('/_/reset', { method: 'POST' }),
      await answerOf('/_/tokens', { method: 'POST', body: '{"username":"alice"}' }),
      await answerOf('/', admin),
    ];
  }, ADMIN);
  expect(answers.map(([status]) => status)).toEqual([403, 403, 403, 403, 403]);
  expect(JSON.stringify(answers)).not.toContain(code);
  expect(pool.outbox).toHaveLength(1);
});
