/** The pool on a port: `node:http` around the fetch-shaped function. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConnectionReset } from './faults.ts';

/** A pool that listens. */
export interface Listening {
  /** `http://127.0.0.1:9229`: the `endpoint` of a `UserPoolClient`. */
  readonly endpoint: string;
  readonly port: number;
  /** Stops listening and ends open connections. A second call waits for the same. */
  close(): Promise<void>;
}

const METHODS: readonly string[] = ['POST', 'GET', 'HEAD', 'OPTIONS'];
/** Requests are a few KB; the pool reads no more than this. */
const MAX_REQUEST_BYTES = 1024 * 1024;

/**
 * @param port 0 takes a free one
 * @throws Error EADDRINUSE and the like, as node:net does
 */
export async function listen(
  fetch: (request: Request) => Promise<Response>,
  port: number,
): Promise<Listening> {
  const { createServer } = await import('node:http');
  const server = createServer((incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    serve(fetch, incoming, outgoing, gone.signal).catch((error: unknown) => {
      // Nobody is left to answer
      if (gone.signal.aborted) return;
      if (error instanceof ConnectionReset) {
        incoming.socket.destroy();
        return;
      }
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(JSON.stringify({ __type: 'InternalErrorException' }));
      // A fault of the pool itself: the person at the terminal should see it.
      console.error(error);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  let closing: Promise<void> | undefined;
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    endpoint: `http://127.0.0.1:${actual}`,
    port: actual,
    close: () => {
      closing ??= new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

async function serve(
  fetch: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_REQUEST_BYTES) {
        outgoing.writeHead(413, { connection: 'close', 'content-length': 0 }).end();
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
  if (!METHODS.includes(method) || !/^\/(?!\/)/.test(url)) {
    const status = METHODS.includes(method) ? 400 : 405;
    outgoing.writeHead(status, { connection: 'close', 'content-length': 0 }).end();
    return;
  }
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const request = new Request(new URL(url, 'http://127.0.0.1'), {
    method,
    headers,
    signal,
    body: method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? null : Buffer.concat(chunks),
  });
  const response = await fetch(request);
  const body = Buffer.from(await response.arrayBuffer());
  // As the service; without it, the body would be chunked
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    'content-length': body.length,
  });
  outgoing.end(body);
}
