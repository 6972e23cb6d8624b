/** Sends requests through the proxy that the environment names, as other commands do. */
import type { Fetch } from '../../index.ts';
import { toUsageError } from '../failures.ts';
import type { Io } from '../io.ts';

/** RFC 6761 §6.3, RFC 1122 §3.2.1.3 and RFC 4291 §2.5.3, as URL writes them. */
const LOOPBACK = /^(localhost|[\w.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Makes a fetch that goes through the proxy of HTTPS_PROXY or HTTP_PROXY, in lower or upper case. Requests to this machine do not,
 * because they may be plain http, whose tokens the proxy could read.
 *
 * @returns undefined if the environment names no proxy
 * @throws UsageError USAGE_INVALID if a proxy is not a URL with http or https. The message does not quote it, because it may hold
 *   a password.
 */
export function proxiedFetch(env: Io['env']): Fetch | undefined {
  const httpsProxy = readProxy(env, 'HTTPS_PROXY');
  const httpProxy = readProxy(env, 'HTTP_PROXY');
  if (httpsProxy === undefined && httpProxy === undefined) return undefined;
  const openHttps = createOpener(httpsProxy);
  const openHttp = createOpener(httpProxy);
  const openDirectly = createOpener(undefined);
  const direct = readVariable(env, 'NO_PROXY')?.split(/[,\s]+/) ?? [];
  return (url, init) => {
    const target = new URL(url);
    const isDirect = LOOPBACK.test(target.hostname) || direct.some((entry) => isNamedBy(entry, target));
    if (isDirect) return openDirectly(url, init);
    return target.protocol === 'https:' ? openHttps(url, init) : openHttp(url, init);
  };
}

/** Whether an entry of NO_PROXY names a host: `*`, the host, or a domain above it, each with or without its port. */
function isNamedBy(entry: string, { hostname, port, protocol }: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', entryPort] =
    /^(?:\*?\.)?(\[[^\]]*\]|[^:]+)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (name === '') return false;
  const actualPort = port || (protocol === 'https:' ? '443' : '80');
  if (entryPort !== undefined && entryPort !== actualPort) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}

/** An empty variable counts as none, because shells and CI systems often cannot leave it out. */
const readVariable = (env: Io['env'], name: string): string | undefined =>
  env[name.toLowerCase()] || env[name] || undefined;

function readProxy(env: Io['env'], name: string): string | undefined {
  const text = readVariable(env, name);
  if (text === undefined || (/^https?:\/\//i.test(text) && URL.canParse(text))) return text;
  throw toUsageError(`${name} must be a URL with http or https, such as http://proxy.example:3128`);
}

/**
 * Node's own fetch takes no proxy before Node 24. The package undici is what it is made of. It is large, so it is read when it is
 * first needed.
 *
 * Requests without a proxy need it, too. The fetch of Bun and Deno, and that of Node with NODE_USE_ENV_PROXY=1, would send them through
 * the proxy of the environment, and Bun and Deno do so even with requests to this machine.
 */
function createOpener(proxy: string | undefined): Fetch {
  let undici: ReturnType<typeof loadUndici> | undefined;
  return async (url, init) => {
    undici ??= loadUndici(proxy);
    const { fetchByUndici, dispatcher } = await undici;
    // The types of undici and those of the DOM describe the same standard
    const reply: unknown = await fetchByUndici(url, { ...(init as object), dispatcher });
    return reply as Response;
  };
}

async function loadUndici(proxy: string | undefined) {
  const { Agent, ProxyAgent, fetch } = await import('./proxy-client.ts');
  return { fetchByUndici: fetch, dispatcher: proxy === undefined ? new Agent() : new ProxyAgent(proxy) };
}
