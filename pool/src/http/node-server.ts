/** Listens on a port: `node:http` around the pool's fetch-shaped function. */
import { ConnectionReset } from '../faults/faults.ts';
import { nodeModules } from '../node-modules.ts';
import { type Connection, hostOf } from './hosts.ts';
import { createTurns, type Turns } from './one-at-a-time.ts';

type IncomingMessage = import('node:http').IncomingMessage;
type ServerResponse = import('node:http').ServerResponse;

/** A pool that listens. */
export interface Listening {
  /**
   * The URL of the pool, like `http://127.0.0.1:9229`. It is the `endpoint` of a `UserPoolClient`. A pool that listens on
   * every address of the machine has that of loopback here.
   */
  readonly endpoint: string;
  /** The port that was taken. */
  readonly port: number;
  /**
   * Stops listening and closes open connections. A second call waits for the first.
   *
   * @throws Error if the server cannot be closed
   */
  readonly close: () => Promise<void>;
}

const METHODS: readonly string[] = ['POST', 'GET', 'HEAD', 'OPTIONS'];
/** Real requests have a few KB. The pool refuses larger ones than this, so that it does not run out of memory. */
const MAX_REQUEST_BYTES = 1024 * 1024;

/** Stands for the origin where only the path is looked at. */
const LOCAL_ORIGIN = 'http://127.0.0.1';
/** How often `tidy` is called. */
const TIDY_MS = 60_000;

/** What a server needs to know. */
export interface ServerOptions {
  readonly fetch: (request: Request, connection: Connection) => Promise<Response>;
  /** Hears of a request that was refused before it was read as a whole. */
  readonly unread: (status: number) => void;
  /** Removes what has expired. */
  readonly tidy: () => void;
  /** 0 takes a free port. */
  readonly port: number;
  /** An address of this machine or its name. `0.0.0.0` and `::` are all of them. */
  readonly host: string;
}

/** @throws Error EADDRINUSE and the like, as node:net does, or that this runtime has no `node:http` */
export async function listen({ fetch, unread, tidy, port, host }: ServerOptions): Promise<Listening> {
  const nodeModule = nodeModules('listen');
  const { createServer } = nodeModule('node:http');
  const { setImmediate, setInterval, clearInterval } = nodeModule('node:timers');
  const turns = createTurns(setImmediate);
  const server = createServer((incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    serve({ fetch, unread }, turns, incoming, outgoing, gone.signal).catch((error: unknown) => {
      // The client has gone, so nobody reads an answer
      if (gone.signal.aborted) return;
      if (error instanceof ConnectionReset) {
        incoming.socket.destroy();
        return;
      }
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(JSON.stringify({ __type: 'InternalErrorException' }));
      // This is a bug of the pool, so the person at the terminal should see it
      console.error(error);
    });
  });
  server.on('connection', turns.arrived);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const tidying = setInterval(tidy, TIDY_MS).unref();
  let closing: Promise<void> | undefined;
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    endpoint: `http://${REACHABLE[host] ?? hostOf(host)}:${actual}`,
    port: actual,
    close: () => {
      clearInterval(tidying);
      closing ??= new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

/** Where clients of this machine reach a server that listens on all addresses. */
const REACHABLE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

async function serve(
  { fetch, unread }: Pick<ServerOptions, 'fetch' | 'unread'>,
  turns: Turns,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const refuse = (status: number) => {
    outgoing.writeHead(status, { connection: 'close', 'content-length': 0 }).end();
    unread(status);
  };
  // A socket that is closed has no addresses any more
  const { localAddress, localPort, remoteAddress } = incoming.socket;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_REQUEST_BYTES) {
        refuse(413);
        return;
      }
      chunks.push(chunk);
    }
  } catch {
    // The client went away before the end of its request
    outgoing.destroy();
    return;
  }
  const { method = 'GET', url = '/' } = incoming;
  const isTarget = /^\/(?![\\/])/.test(url) && URL.canParse(url, LOCAL_ORIGIN);
  if (!METHODS.includes(method) || !isTarget) {
    refuse(METHODS.includes(method) ? 400 : 405);
    return;
  }
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const request = new Request(new URL(url, originOf(incoming, { localAddress, localPort })), {
    method,
    headers,
    signal,
    body: method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? null : Buffer.concat(chunks),
  });
  await turns.next();
  const response = await fetch(request, { localAddress, remoteAddress });
  const body = Buffer.from(await response.arrayBuffer());
  // The service sends content-length. Without it the body would be chunked.
  // Each cookie has a header of its own, and an object would keep the last one
  const cookies = response.headers.getSetCookie();
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
    'content-length': body.length,
  });
  outgoing.end(body);
}

/** The address that a client has reached. It has none if the socket was closed before it was asked. */
interface LocalAddress {
  readonly localAddress: string | undefined;
  readonly localPort: number | undefined;
}

/** Where the client reaches this server, as its Host header says. Without a usable one, it is the address of the connection. */
function originOf({ headers }: IncomingMessage, { localAddress, localPort }: LocalAddress): string {
  const { host = '' } = headers;
  if (/^([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}`))
    return `http://${host}`;
  if (localAddress === undefined || localPort === undefined) return LOCAL_ORIGIN;
  return `http://${hostOf(localAddress)}:${localPort}`;
}
