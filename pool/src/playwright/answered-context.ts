/** Lets the pool answer what a browser asks the service, so that the application needs no setting for its tests. */
import { ConnectionReset } from '../faults/faults.ts';
import type { TestPool } from '../harness/test-pool.ts';

/** The part of Playwright's `BrowserContext` that is needed here. */
export interface RoutableContext {
  readonly route: (
    matches: (url: URL) => boolean,
    answer: (route: InterceptedRoute) => Promise<void>,
  ) => Promise<unknown>;
}

/** The part of Playwright's `Route` that is needed here. */
export interface InterceptedRoute {
  readonly request: () => {
    readonly url: () => string;
    readonly method: () => string;
    readonly headers: () => Record<string, string>;
    readonly postData: () => string | null;
  };
  readonly fulfill: (reply: {
    status: number;
    headers: Record<string, string>;
    body: string;
  }) => Promise<void>;
  readonly abort: (errorCode: string) => Promise<void>;
}

/** The endpoint of the service in the region of a pool. */
export const serviceEndpoint = (userPoolId: string): string =>
  `https://cognito-idp.${userPoolId.split('_')[0]}.amazonaws.com`;

/** Playwright ends the route with the context. */
export async function answerContext(
  context: RoutableContext,
  pool: TestPool,
  endpoint: string,
): Promise<void> {
  const { origin } = new URL(endpoint);
  await context.route(
    (url) => url.origin === origin,
    (route) => answer(pool, route),
  );
}

async function answer(pool: TestPool, route: InterceptedRoute): Promise<void> {
  const request = route.request();
  const reply = await pool
    .fetch(request.url(), {
      method: request.method(),
      headers: request.headers(),
      body: request.postData(),
    })
    .catch((error: unknown) => {
      if (error instanceof ConnectionReset) return undefined;
      throw error;
    });
  if (reply === undefined) {
    await route.abort('connectionreset');
    return;
  }
  await route.fulfill({
    status: reply.status,
    headers: Object.fromEntries(reply.headers),
    body: await reply.text(),
  });
}
