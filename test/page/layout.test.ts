/** Nothing moves that need not, and the page holds at every size, writing direction and setting of the system. */
import type { Page } from 'playwright-core';
import { atAccount, atStep, PASSWORD, signInAs, useChromium, type World } from '../support/login-page.ts';

const chromium = useChromium();
const alice = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };
const open = () => chromium.open({ pool: { users: [alice] } });

/** Where everything that can be pressed stands, but for what works in the place of messages. */
const positions = (page: Page) =>
  page.locator('.column :is(input, .primary, .secondary, .text-button, select)').evaluateAll((elements) =>
    elements
      .filter((element) => !element.closest('.message-place'))
      .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.getAttribute('name') ?? element.tagName, x, y, width, height].join(' ');
      }),
  );

test('an error, slow work and Cancel move nothing that stands below', async () => {
  const { page, pool } = await open();
  await page.getByRole('complementary').waitFor();
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  const before = await positions(page);
  expect(before.length).toBeGreaterThan(6);
  // An empty field is reported below it
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Please fill this in.').waitFor();
  expect(await positions(page)).toEqual(before);
  await signInAs(page, 'alice', 'wrong-horse');
  await page.locator('form [role=alert] p').waitFor();
  expect(await positions(page)).toEqual(before);
  pool.faults.add({ name: 'slow', delay: 20_000, operation: 'InitiateAuth' });
  await signInAs(page, 'alice');
  await page.getByText('This is taking longer than usual.').waitFor();
  expect(await positions(page)).toEqual(before);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Cancelled.').waitFor();
  expect(await positions(page)).toEqual(before);
});

/** Elements whose text is cut off, or that stick out of the window. */
const misfits = (page: Page) =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const cut = [
      ...document.querySelectorAll('main :is(button, h1, h2, p, label, dd, dt, a), footer *'),
    ].filter(
      (element) =>
        element.getClientRects().length > 0 &&
        !element.classList.contains('visually-hidden') &&
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).display !== 'inline',
    );
    return [
      ...(wide > 0 ? [`the page is ${wide} px too wide`] : []),
      ...cut.map(({ outerHTML }) => outerHTML),
    ];
  });

const SCREENS: readonly (readonly [name: string, go: (page: Page) => Promise<void>])[] = [
  ['sign-in', async () => undefined],
  ['sign-up', (page) => page.getByRole('button', { name: 'Create an account' }).click()],
  [
    'account',
    async (page) => {
      await signInAs(page, 'alice');
      await atAccount(page);
      await page.waitForFunction(() => document.querySelector('[aria-busy]') === null);
    },
  ],
];

describe.each(SCREENS)('%s', (_, go) => {
  test('holds at a zoom of 200 %, with text of 200 %, on 320 px, and from right to left', async () => {
    const { page } = await open();
    await go(page);
    // A zoom of 200 % leaves half of the window
    for (const [width, height] of [
      [640, 450],
      [320, 640],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect([width, await misfits(page)]).toEqual([width, []]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => {
      document.documentElement.setAttribute('data-text', 'large');
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(':root { font-size: 200%; }');
      document.adoptedStyleSheets = [sheet];
    });
    expect(await misfits(page)).toEqual([]);
    await page.evaluate(() => {
      document.adoptedStyleSheets = [];
      document.documentElement.dir = 'rtl';
    });
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await misfits(page)]).toEqual([width, []]);
    }
  });
});

test('from right to left the page is the mirror of itself', async () => {
  const { page } = await open();
  const edges = () =>
    page.evaluate(() => {
      const card = document.querySelector('main')?.getBoundingClientRect();
      const [label, reveal] = ['label', '.reveal'].map((part) =>
        document.querySelector(`main ${part}`)?.getBoundingClientRect(),
      );
      if (!card || !label || !reveal) throw new Error('The page is not there');
      return {
        left: [label.left - card.left, reveal.left - card.left].map(Math.round),
        right: [card.right - label.right, card.right - reveal.right].map(Math.round),
      };
    });
  const before = await edges();
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  const after = await edges();
  expect(after.left[1]).toBe(before.right[1]);
  expect(after.right[1]).toBe(before.left[1]);
  expect(after.right[0]).toBe(before.left[0]);
  // What is typed does not run below the button
  const padding = await page.locator('#field-password').evaluate((input) => {
    const { paddingLeft, paddingRight } = getComputedStyle(input);
    return Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
  });
  expect(padding).toBeGreaterThan(40);
});

test('with less motion nothing turns', async () => {
  const { page, pool } = await open();
  pool.faults.add({ name: 'slow', delay: 20_000, operation: 'InitiateAuth' });
  const moving = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  await signInAs(page, 'alice');
  await page.locator('.working').waitFor();
  expect(await moving()).toBe(1);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving()).toBe(0);
});

test('in forced colours borders show what is a button, what is wrong and which rule is met', async () => {
  const { page }: World = await open();
  await page.emulateMedia({ forcedColors: 'active' });
  const styleOf = (selector: string, pseudo?: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, part) => {
        const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor, content } = getComputedStyle(
          element,
          part,
        );
        return {
          content,
          isVisible:
            borderTopStyle !== 'none' && borderTopWidth !== '0px' && borderTopColor !== backgroundColor,
          width: borderTopWidth,
        };
      }, pseudo);
  expect((await styleOf('form .primary')).isVisible).toBe(true);
  const before = await styleOf('#field-password');
  await signInAs(page, 'alice', 'wrong-horse');
  await page.locator('form [role=alert] p').waitFor();
  expect((await styleOf('#field-password')).width).not.toBe(before.width);
  expect((await styleOf('form .alert')).isVisible).toBe(true);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await atStep(page, 'Create an account');
  await page.getByLabel('Password', { exact: true }).fill('long-enough');
  expect((await styleOf('.rules .met', '::before')).content).toContain('✓');
});
