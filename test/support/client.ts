/** What most tests of the client need: a pool's client, a user, a fetch that records, and a server on loopback. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fetch, UserPoolClient } from '../../src/index.ts';

/** The app client of a pool that `createUserPool()` makes by default. Nothing listens at its endpoint. */
export const client: UserPoolClient = {
  userPoolId: 'us-east-1_LocalPool',
  clientId: 'web',
  endpoint: 'http://127.0.0.1',
};
export const alice = { username: 'alice', password: 'Correct-Horse-9' };

export interface Sent {
  readonly url: string;
  readonly operation: string;
  readonly input: Input;
}
/** The input of any operation, with the members that tests read. */
export interface Input {
  readonly ClientId?: string;
  readonly AuthFlow?: string;
  readonly AuthParameters?: Readonly<Record<string, string>>;
  readonly ChallengeName?: string;
  readonly ChallengeResponses?: Readonly<Record<string, string>>;
  readonly Session?: string;
  readonly ClientMetadata?: unknown;
  readonly AnalyticsMetadata?: unknown;
  readonly UserContextData?: unknown;
}

/** Makes a fetch that keeps each request and replies with what `answer` gives. */
export function recorder(
  answer: (sent: Sent, init: RequestInit, index: number) => Promise<Response> | Response,
) {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init) => {
    const target = new Headers(init.headers).get('x-amz-target') ?? '';
    const request = {
      url,
      operation: target.split('.')[1] ?? '',
      input: JSON.parse(String(init.body)) as Input,
    };
    sent.push(request);
    return answer(request, init, sent.length - 1);
  };
  return { sent, fetch, operations: () => sent.map(({ operation }) => operation) };
}

/** Runs a server on loopback for as long as `use` takes. */
export async function withServer<T>(
  listener: RequestListener,
  use: (endpoint: string) => Promise<T>,
): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export const refusal = (name: string, message?: string, status = 400, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ __type: name, message }), {
    status,
    headers: { 'x-amzn-ErrorType': `${name}:`, 'x-amzn-RequestId': 'request-7', ...headers },
  });

/** Reads the claims of a JWT without verifying it. */
export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
