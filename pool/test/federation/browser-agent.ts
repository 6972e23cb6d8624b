/** A browser without pages, for tests: keeps cookies of each host, and follows redirects until the app's own address. */
import type { UserPool } from '../../src/index.ts';

/** Where the pool is, as its redirect URIs say. Requests to it go to the pool in this process. */
export const POOL = 'http://localhost:9229';
export const CALLBACK = 'http://localhost:3000/callback';

export interface Agent {
  /** Goes to an address and follows redirects. It ends at a page, or before it would leave for the app. */
  readonly visit: (url: string, form?: URLSearchParams) => Promise<Visited>;
  readonly cookies: Map<string, string>;
}

export interface Visited {
  readonly url: URL;
  /** Undefined where the redirect to the app was not followed. */
  readonly status: number | undefined;
  readonly text: string;
  /** Every address on the way. */
  readonly trail: readonly URL[];
}

const MOST_REDIRECTS = 12;

export function createAgent(pool: Pick<UserPool, 'fetch'>): Agent {
  /** Host and name of the cookie → its value. A browser does not tell ports apart, but these tests have a host for each. */
  const cookies = new Map<string, string>();
  const send = async (url: URL, form: URLSearchParams | undefined): Promise<Response> => {
    const own = [...cookies].filter(([key]) => key.startsWith(`${url.host} `));
    const init: RequestInit = {
      redirect: 'manual',
      headers: { cookie: own.map(([key, value]) => `${key.split(' ')[1]}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    };
    const response = url.href.startsWith(`${POOL}/`) ? await pool.fetch(url, init) : await fetch(url, init);
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line))
        cookies.delete(`${url.host} ${name}`);
      else cookies.set(`${url.host} ${name}`, value);
    }
    return response;
  };
  return {
    cookies,
    visit: async (start, form) => {
      const trail = [new URL(start)];
      let response = await send(new URL(start), form);
      while (trail.length < MOST_REDIRECTS) {
        const at = trail.at(-1) ?? new URL(start);
        const location = response.headers.get('location');
        if (location === null)
          return { url: at, status: response.status, text: await response.text(), trail };
        const next = new URL(location, at);
        trail.push(next);
        if (next.href.startsWith(CALLBACK)) return { url: next, status: undefined, text: '', trail };
        response = await send(next, undefined);
      }
      throw new Error(`Too many redirects: ${trail.join(' → ')}`);
    },
  };
}
