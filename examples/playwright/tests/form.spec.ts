/** Tests of the form itself. */
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

async function fillIn(page: Page, username: string, password = 'Correct-Horse-9') {
  await page.goto('/');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('the password signs alice in', async ({ page }) => {
  await fillIn(page, 'alice');
  await expect(page.getByRole('heading')).toHaveText('Hello, alice');
});

test('a wrong password is refused', async ({ page }) => {
  await fillIn(page, 'alice', 'wrong');
  await expect(page.getByRole('alert')).toHaveText('INCORRECT_USERNAME_OR_PASSWORD');
});

test('bob gets a code, and it signs him in', async ({ page, pool }) => {
  await fillIn(page, 'bob');
  await expect(page.getByRole('heading')).toHaveText('Enter the code');
  await page.getByLabel('Code').fill(pool.outbox.at(-1)?.code ?? '');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading')).toHaveText('Hello, bob');
});

test('a connection that drops once is not noticed', async ({ page, pool }) => {
  pool.faults.add({ name: 'reset-before', operation: 'InitiateAuth', nth: 1 });
  await fillIn(page, 'alice');
  await expect(page.getByRole('heading')).toHaveText('Hello, alice');
});
