/** Listens on a port: `node:http` around the pool's fetch-shaped function. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConnectionReset } from './faults.ts';

/** A pool that listens. */
export interface Listening {
  /** The URL of the pool, like `http://127.0.0.1:9229`. It is the `endpoint` of a `UserPoolClient`. */
  readonly endpoint: string;
  /** The port that was taken. */
  readonly port: number;
  /**
   * Stops listening and closes open connections. A second call waits for the first.
   *
   * @throws Error if the server cannot be closed
   */
  close(): Promise<void>;
}

const METHODS: readonly string[] = ['POST', 'GET', 'HEAD', 'OPTIONS'];
/** Real requests have a few KB. The pool refuses larger ones than this, so that it does not run out of memory. */
const MAX_REQUEST_BYTES = 1024 * 1024;

/**
 * @param port 0 takes a free port
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
  // The service sends content-length. Without it the body would be chunked.
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    'content-length': body.length,
  });
  outgoing.end(body);
}
