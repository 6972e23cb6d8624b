/** A whole sign-in by OAuth through the page: with a second factor, silent in the next app, and over after a sign-out. */
import { ALICE, atApp, atStep, lastCode, looksRight, PASSWORD, signIn, useBrowser } from './world.ts';

const open = useBrowser();
const withCode = { mfa: 'OPTIONAL' as const, users: [{ ...ALICE, mfa: { email: true } }] };

test('signs in by code and PKCE with a second factor, then another app silently, until the user signs out', async () => {
  const { page, pool, apps, endpoint, context, open: begin } = await open({ pool: withCode });
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  const replies: Promise<string>[] = [];
  page.on('response', (response) => {
    const isOfPage = response.url().startsWith(`${endpoint}/login`) && !response.url().endsWith('.js');
    if (isOfPage) replies.push(response.text().catch(() => ''));
  });
  const [web, other] = apps;
  await begin();
  await atStep(page, 'Sign in');
  await looksRight(page, 'sign-in');
  await signIn(page);
  await atStep(page, 'Check your e-mail');
  await page.getByLabel('Code').fill(lastCode(pool));
  await page.keyboard.press('Enter');
  await atApp(page);
  expect(web.claims()).toMatchObject({ email: 'alice@example.com', 'cognito:username': 'alice' });
  // Neither the password nor a token has passed through the page
  expect(bodies.filter((body) => body.includes(PASSWORD))).toEqual([]);
  const texts = await Promise.all(replies);
  expect(texts.length).toBeGreaterThan(4);
  expect(texts.filter((text) => /eyJ[\w-]+\.|AccessToken|RefreshToken/.test(text))).toEqual([]);
  const cookie = (await context.cookies()).find(({ name }) => name === 'cognito-local_Page1');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

  const visited: string[] = [];
  page.on('framenavigated', (frame) => visited.push(new URL(frame.url()).pathname));
  await page.goto(`${other.url}/start`);
  await atApp(page);
  expect(visited).toEqual(['/callback']);
  expect(other.claims()?.aud).toBe('other');
  expect(other.claims()?.['auth_time']).toBe(web.claims()?.['auth_time']);

  await page.goto(`${other.url}/start?prompt=login`);
  await atStep(page, 'Sign in');

  await page.goto(
    `${endpoint}/logout?${new URLSearchParams({ client_id: 'web', logout_uri: `${web.url}/` })}`,
  );
  await atStep(page, 'Signed out');
  await page.goto(`${other.url}/start`);
  await atStep(page, 'Sign in');
});

test('a wrong password is said at the field, and the next one signs in', async () => {
  const { page, open: begin } = await open();
  await begin();
  await signIn(page, 'wrong-horse');
  const alert = page.locator('form [role=alert]');
  await alert.getByText('The user name or password is not right').waitFor();
  const field = page.getByLabel('Password', { exact: true });
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await field.evaluate(describedBy)).toContain('The user name or password is not right');
  await looksRight(page, 'wrong-password');
  await field.fill(PASSWORD);
  await page.keyboard.press('Enter');
  await atApp(page);
});

/** What a screen reader says of a field besides its label. */
const describedBy = (input: Element): string =>
  (input.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

test('works with the keyboard alone, from the first field on', async () => {
  const { page, open: begin } = await open();
  await begin();
  await page.keyboard.type('alice');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await atApp(page);
});
