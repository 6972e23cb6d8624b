/** Several tabs share tokens of which each refresh token is good once. */
import type { Page } from 'playwright-core';
import {
  atAccount,
  idle,
  PASSWORD,
  signInAs,
  useChromium,
  type WorldOptions,
} from '../support/login-page.ts';
import { hold } from './hold.ts';

const chromium = useChromium();
const rotating: WorldOptions = {
  pool: {
    users: [{ username: 'alice', password: PASSWORD }],
    clients: [{ clientId: 'web', refreshTokenRotation: { gracePeriodSeconds: 0 } }],
  },
};

async function twoTabs(options: WorldOptions) {
  const world = await chromium.open(options);
  await signInAs(world.page, 'alice');
  await atAccount(world.page);
  const other = await world.newTab();
  await atAccount(other);
  return { ...world, other };
}

const keptToken = (page: Page): Promise<string> =>
  page.evaluate(
    () => Object.entries(localStorage).find(([key]) => key.endsWith('.refreshToken'))?.[1] ?? 'none',
  );

const pressRefresh = (page: Page) => page.getByRole('button', { name: 'Refresh now' }).click();

async function refresh(page: Page): Promise<void> {
  const before = await keptToken(page);
  await pressRefresh(page);
  await page.waitForFunction(
    (old) =>
      Object.entries(localStorage).some(([key, value]) => key.endsWith('.refreshToken') && value !== old),
    before,
  );
  await idle(page);
}

test('a tab refreshes with what the other tab has stored', async () => {
  const { page, other } = await twoTabs(rotating);
  await refresh(other);
  await refresh(page);
  await refresh(other);
  await atAccount(page);
  await atAccount(other);
});

test('two tabs that refresh at once take turns', async () => {
  const { page, other, pool } = await twoTabs(rotating);
  pool.faults.add({ name: 'slow', delay: 200, operation: 'GetTokensFromRefreshToken' });
  await Promise.all([pressRefresh(page), pressRefresh(other)]);
  for (const tab of [page, other]) await idle(tab);
  await refresh(page);
  await atAccount(page);
  await atAccount(other);
});

test('without locks, a tab whose token was spent meanwhile goes on with the new one', async () => {
  const { page, other, endpoint } = await twoTabs({
    ...rotating,
    before: () => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
  });
  const held = await hold(page, endpoint, 'GetTokensFromRefreshToken');
  await pressRefresh(page);
  await held.arrived;
  await refresh(other);
  held.release();
  await idle(page);
  await atAccount(page);
  await refresh(page);
  await atAccount(other);
});
