/** Tests that begin signed in, without filling in the form. */
import { expect, test } from './test.ts';

test.use({ signedInAs: 'alice' });

test('alice is greeted', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading')).toHaveText('Hello, alice');
});

test('alice signs out, and stays signed out', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.reload();
  await expect(page.getByRole('heading')).toHaveText('Sign in');
});

test('a user who is disabled is signed out', async ({ page, pool }) => {
  pool.users.update('alice', { enabled: false });
  await page.goto('/');
  await expect(page.getByRole('alert')).toHaveText('USER_DISABLED');
});

test('two hours later the token has expired', async ({ page, pool }) => {
  pool.clock.advance(2 * 3_600_000);
  await page.goto('/');
  await expect(page.getByRole('alert')).toHaveText('ACCESS_TOKEN_REFUSED');
});

test('a second user has a context of her own', async ({
  page,
  browser,
  pool,
  signedInState,
  routeToPool,
}) => {
  pool.users.add({ username: 'carol' });
  const context = await browser.newContext({ storageState: await signedInState('carol') });
  await routeToPool(context);
  const pageOfCarol = await context.newPage();
  await page.goto('/');
  await pageOfCarol.goto('/');
  await expect(page.getByRole('heading')).toHaveText('Hello, alice');
  await expect(pageOfCarol.getByRole('heading')).toHaveText('Hello, carol');
  await context.close();
});
