/** The command reaches named hosts by plain http only if it is told so, and goes through the proxy of the environment. */
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createUserPool } from '../../pool/src/index.ts';
import { run } from './run.ts';

const PASSWORD = 'Correct-Horse-9';
const pool = createUserPool({ users: [{ username: 'alice', password: PASSWORD }] });

/** A sign-in. Without `fetch` it is sent as the command sends it by itself. */
const signInBy = (
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
  fetch?: typeof pool.fetch,
) =>
  run(['sign-in', '--user-pool-id', pool.userPoolId, '--client-id', 'web', '--username', 'alice', ...flags], {
    env: { COGNITO_PASSWORD: PASSWORD, ...env },
    fetch,
  });

describe('--allow-http', () => {
  const endpoint = ['--endpoint', 'http://pool:9229'];

  test.each([
    ['the host of the endpoint', ['--allow-http', 'pool']],
    ['several hosts', ['--allow-http', 'other', '--allow-http', 'POOL']],
  ])('lets a sign-in go to %s', async (_, flags) => {
    expect(await signInBy([...endpoint, ...flags], {}, pool.fetch)).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });

  test.each([
    ['no host', []],
    ['another host', ['--allow-http', 'other']],
    ['a host that the name begins with', ['--allow-http', 'poo']],
    ['a host that ends with the name', ['--allow-http', 'a.pool']],
  ])('%s is refused, and nothing is sent', async (_, flags) => {
    let sent = 0;
    const outcome = await signInBy([...endpoint, ...flags], {}, async (input, init) => {
      sent += 1;
      return pool.fetch(input, init);
    });
    expect([outcome.exitCode, outcome.stdout, sent]).toEqual([2, '', 0]);
    expect(outcome.stderr).toContain('--endpoint must be https');
    expect(outcome.stderr).toContain('--allow-http');
  });

  test.each(['http://pool', 'pool:9229', '*', ''])('its value %j is not a host', async (value) => {
    const { exitCode, stderr } = await signInBy([...endpoint, `--allow-http=${value}`], {}, pool.fetch);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--allow-http');
  });
});

describe('a proxy of the environment', () => {
  let proxy: Server;
  let proxyUrl: string;
  let origin: Awaited<ReturnType<typeof pool.listen>>;
  const tunnels: string[] = [];
  const clients: Duplex[] = [];

  beforeAll(async () => {
    origin = await pool.listen();
    // Every tunnel leads to the pool, so that no name of the test has to exist
    proxy = createServer().on('connect', (request, client) => {
      clients.push(client);
      tunnels.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      if (request.url?.startsWith('refused.')) {
        client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
        return;
      }
      const upstream = connect(origin.port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(client).pipe(upstream);
      });
      client.on('error', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const address = proxy.address();
    proxyUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(async () => {
    await origin.close();
    // A server no longer knows the connections that it has handed over as tunnels
    for (const client of clients) client.destroy();
    proxy.closeAllConnections();
    await new Promise((done) => proxy.close(done));
  });
  beforeEach(() => {
    tunnels.length = 0;
  });

  const named = ['--endpoint', 'http://pool.example:9229', '--allow-http', 'pool.example'];

  test('HTTP_PROXY carries plain http to a named host', async () => {
    expect(await signInBy(named, { HTTP_PROXY: proxyUrl })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(tunnels[0]).toBe('pool.example:9229');
  });

  test('the name in lower case wins, and user and password are sent to the proxy', async () => {
    const env = { http_proxy: proxyUrl.replace('//', '//ann:let-me@'), HTTP_PROXY: 'http://192.0.2.1:1' };
    expect(await signInBy(named, env)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(tunnels[0]).toBe(`pool.example:9229 Basic ${btoa('ann:let-me')}`);
  });

  test('HTTPS_PROXY carries https: a tunnel to AWS is asked for, and its refusal is told', async () => {
    const flags = ['--endpoint', 'https://refused.example'];
    const { exitCode, stderr } = await signInBy(flags, { HTTPS_PROXY: proxyUrl });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('the proxy answered HTTP 502');
    expect(tunnels[0]).toBe('refused.example:443');
  });

  // test/setup.ts refuses connections to other machines, so whatever does not go through the proxy fails
  test.each([
    ['NO_PROXY', 'pool.example'],
    ['no_proxy', 'other.example, .example'],
    ['NO_PROXY', 'other.example *.example'],
    ['NO_PROXY', 'EXAMPLE'],
    ['NO_PROXY', '*'],
    ['NO_PROXY', 'pool.example:9229'],
  ])('%s=%s reaches the host directly', async (name, value) => {
    const { exitCode } = await signInBy(named, { HTTP_PROXY: proxyUrl, [name]: value });
    expect([exitCode, tunnels]).toEqual([3, []]);
  });

  test.each(['', 'example.com', 'ool.example', 'a.pool.example', 'pool.example:80', 'pool', ','])(
    'NO_PROXY=%s does not name the host',
    async (value) => {
      const outcome = await signInBy(named, { HTTP_PROXY: proxyUrl, NO_PROXY: value });
      expect([outcome.exitCode, tunnels[0]]).toEqual([0, 'pool.example:9229']);
    },
  );

  test('this machine is reached directly', async () => {
    const env = { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl };
    expect(await signInBy(['--endpoint', origin.endpoint], env)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(tunnels).toEqual([]);
  });

  test('a request without a proxy does not go by the runtime, which may take the proxy by itself', async () => {
    const ofRuntime = jest.spyOn(globalThis, 'fetch');
    try {
      await signInBy(['--endpoint', origin.endpoint], { HTTP_PROXY: proxyUrl });
      await signInBy(named, { HTTP_PROXY: proxyUrl, NO_PROXY: 'pool.example' });
      await signInBy(['--endpoint', 'https://refused.example'], { HTTP_PROXY: proxyUrl });
      expect(ofRuntime).not.toHaveBeenCalled();
    } finally {
      ofRuntime.mockRestore();
    }
  });

  test('HTTP_PROXY is not for https, and an empty variable counts as none', async () => {
    const flags = ['--endpoint', 'https://refused.example'];
    expect(await signInBy(flags, { HTTP_PROXY: proxyUrl, HTTPS_PROXY: '' })).toMatchObject({ exitCode: 3 });
    expect(tunnels).toEqual([]);
  });

  test.each(['my-proxy:8080', 'socks5://my-proxy', 'http://['])(
    'the proxy %j is refused by the name of its variable, and is not quoted',
    async (value) => {
      const { exitCode, stderr } = await signInBy([], { HTTPS_PROXY: value });
      expect(exitCode).toBe(2);
      expect(stderr).toContain('HTTPS_PROXY must be a URL with http or https');
      expect(stderr).not.toContain(value);
    },
  );
});
