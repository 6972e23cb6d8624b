/** Holds the requests of one operation until the test lets them through or loses them, so that time decides nothing. */
import type { BrowserContext, Page } from 'playwright-core';

export interface Held {
  /** Ends when the first request has come. */
  readonly arrived: Promise<void>;
  /** Lets it, and all after it, through. */
  readonly release: () => void;
  /** Loses it, and all after it. */
  readonly lose: () => void;
}

export async function hold(where: BrowserContext | Page, endpoint: string, operation: string): Promise<Held> {
  let arrive = () => {};
  let decide: (outcome: 'continue' | 'abort') => void = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const decided = new Promise<'continue' | 'abort'>((resolve) => {
    decide = resolve;
  });
  await where.route(`${endpoint}/`, async (route) => {
    const target = (await route.request().allHeaders())['x-amz-target'] ?? '';
    if (!target.endsWith(`.${operation}`)) return route.continue();
    arrive();
    // The page may have given the request up, or be closed
    await route[await decided]().catch(() => undefined);
  });
  return { arrived, release: () => decide('continue'), lose: () => decide('abort') };
}
