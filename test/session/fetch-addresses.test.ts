/** `fetch` of a session reads addresses itself, because the class URL of React Native does not, and refuses those that platforms read differently. */
import { withGlobal } from '../support/with-global.ts';
import { open, world } from './session-world.ts';

/** `URL` of React Native 0.78: what it gets is kept as it is, and nothing can be read. */
class UrlOf78 {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  get origin(): string {
    throw new Error('URL.origin is not implemented');
  }
  get protocol(): string {
    throw new Error('URL.protocol is not implemented');
  }
  get hostname(): string {
    throw new Error('URL.hostname is not implemented');
  }
  toString() {
    return this.url;
  }
}

/** `URL` of React Native 0.83, which reads by these expressions. */
class UrlOf83 {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  get origin() {
    return /^(https?:\/\/[^/]+)/.exec(this.url)?.[1] ?? '';
  }
  get protocol() {
    return `${/^([a-zA-Z][a-zA-Z\d+\-.]*):/.exec(this.url)?.[1] ?? ''}:`;
  }
  get hostname() {
    return /^https?:\/\/(?:[^@]+@)?([^:/?#]+)/.exec(this.url)?.[1] ?? '';
  }
  toString() {
    return this.url;
  }
}

/** `Request` of React Native (whatwg-fetch): the address stays as it was written, and there is no body stream. */
class RawRequest {
  readonly url: string;
  readonly headers: Headers;
  constructor(input: unknown, init: RequestInit = {}) {
    this.url = input instanceof RawRequest ? input.url : String(input);
    this.headers = new Headers(input instanceof RawRequest ? input.headers : init.headers);
  }
  clone() {
    return new RawRequest(this);
  }
}

/** Sends one request with these globals. @returns the address that got the token, or the code of the refusal */
async function send(
  input: string | URL | Request | (() => string | URL | Request),
  origins: readonly string[] | undefined,
  globals: { readonly URL?: unknown; readonly Request?: unknown },
): Promise<string> {
  const all = await signedInWorld;
  const sent: string[] = [];
  const fetch = async (request: string | URL | Request) => {
    expect((request as Request).headers.get('authorization')).toBe(`Bearer ${all.step.tokens.accessToken}`);
    sent.push((request as Request).url);
    return new Response('ok');
  };
  const { session } = open(all, { fetch, ...(origins && { origins }) });
  await session.begin(all.step);
  const { URL: url = globalThis.URL, Request: request = globalThis.Request } = globals;
  const refusal = await withGlobal('URL', url, () =>
    withGlobal('Request', request, () =>
      session.fetch(typeof input === 'function' ? input() : input).then(
        () => undefined,
        (error: { readonly code?: string; readonly name: string }) => error.code ?? error.name,
      ),
    ),
  );
  expect(sent).toHaveLength(refusal === undefined ? 1 : 0);
  return refusal ?? sent.join();
}

const signedInWorld = world();
const api = ['https://api.example.com'];

describe.each<[string, object]>([
  ['this runtime', {}],
  ['React Native 0.78, whose URL cannot be read', { URL: UrlOf78, Request: RawRequest }],
  ['React Native 0.83, whose URL is read by expressions', { URL: UrlOf83, Request: RawRequest }],
])('on %s', (_, globals) => {
  test.each([
    ['https://api.example.com/orders'],
    ['https://api.example.com/?page=2'],
    ['https://api.example.com/orders?at=a@b.example&to=http://c.example#top'],
  ])('%s gets the token', async (url) => {
    expect(await send(url, api, globals)).toBe(url);
    expect(await send(url, undefined, globals)).toBe(url);
  });

  test.each([
    ['https://api.example.com?page=2'],
    ['HTTPS://API.example.com/'],
    ['https://api.example.com:443/'],
    ['https://api.example.com:0443/'],
    ['https://api.example.com#top'],
  ])('%s is of the origin https://api.example.com', async (url) => {
    expect(await send(url, api, globals)).toMatch(/^https:/i);
  });

  test.each([
    ['https://other.example.com/'],
    ['https://api.example.com:444/'],
    ['https://api.example.com./'],
    ['https://api.example.com.evil.example/'],
    ['https://evil.example/?https://api.example.com'],
    ['https://evil.example/@api.example.com'],
    ['https://evil.example\\@api.example.com/'],
    ['http://api.example.com/'],
  ])('%s is not of the origin https://api.example.com', async (url) => {
    expect(await send(url, api, globals)).toBe('OPTION_INVALID');
  });

  test.each([
    ['http://api.example.com/'],
    ['http://api.example.com/@localhost'],
    ['http://api.example.com?@localhost'],
    ['http://api.example.com#@localhost'],
    ['http://api.example.com\\@localhost/'],
    ['http://localhost.evil.example/'],
    ['http://127.0.0.1.evil.example/'],
    ['http://localhost./'],
    ['http://[::2]/'],
    ['ftp://localhost/'],
    ['data:text/plain,https://api.example.com'],
    ['blob:https://api.example.com/7f0c'],
  ])('%s gets no token in clear', async (url) => {
    expect(await send(url, undefined, globals)).toBe('ENDPOINT_INSECURE');
  });

  test.each([
    ['http://localhost:3000/orders'],
    ['http://LOCALHOST'],
    ['http://app.localhost/'],
    ['http://127.0.0.1:3000/'],
    ['http://[::1]:3000/'],
    ['https://[2001:db8::1]:8443/'],
    ['https://api.example.com./'],
  ])('%s gets the token where there are no `origins`', async (url) => {
    expect(await send(url, undefined, globals)).toMatch(/^https?:/i);
  });
});

describe('on React Native, where an address stays as it was written', () => {
  const globals = { URL: UrlOf78, Request: RawRequest };

  test.each([
    ['a relative address', '/orders'],
    ['an address of the same scheme', '//api.example.com/'],
    ['backslashes in place of slashes', 'https:\\\\api.example.com\\'],
    ['a backslash behind the host', 'https://api.example.com\\.evil.example/'],
    ['one slash', 'https:/api.example.com/'],
    ['three slashes', 'https:///api.example.com/'],
    ['a user', 'https://api.example.com@evil.example/'],
    ['a user and a password', 'https://api.example.com:443@evil.example/'],
    ['a user with a slash that is encoded', 'https://api.example.com%2f@evil.example/'],
    ['a tab in the scheme', 'ht\ttps://api.example.com/'],
    ['a line end in the host', 'https://api.exa\nmple.com/'],
    ['a line end behind the host', 'https://api.example.com\n.evil.example/'],
    ['a line end in the path', 'https://api.example.com/\r\norders'],
    ['a space before it', ' https://api.example.com/'],
    ['an encoded letter in the host', 'https://api.example%2ecom/'],
    ['a full stop of another script', 'https://api.example。com/'],
    ['no host', 'https://?api.example.com'],
    ['a port without digits', 'https://api.example.com:/'],
    ['a number as the host, which some read as 127.0.0.1', 'http://2130706433/'],
    ['an address of this machine that is no address', 'http://127.0.0.999/'],
  ])('%s is refused', async (_, url) => {
    expect(await send(url, api, globals)).toBe('OPTION_INVALID');
    expect(await send(url, undefined, globals)).toBe('ENDPOINT_INSECURE');
  });

  test('an object of the class URL, and a Request, are read as a text is', async () => {
    const url = 'https://api.example.com/orders';
    expect(await send(() => new UrlOf78(url) as unknown as URL, api, globals)).toBe(url);
    expect(await send(() => new RawRequest(url) as unknown as Request, api, globals)).toBe(url);
    const insecure = 'http://api.example.com/@localhost';
    expect(await send(() => new RawRequest(insecure) as unknown as Request, undefined, globals)).toBe(
      'ENDPOINT_INSECURE',
    );
  });
});

test('an object of the class URL, and a Request, are read as a text is', async () => {
  const url = 'https://api.example.com/orders';
  expect(await send(new URL(url), api, {})).toBe(url);
  expect(await send(new Request(url), api, {})).toBe(url);
});
