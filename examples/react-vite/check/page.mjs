/** The page as its user meets it: by what is written on it. */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { addPasskey } from './passkey.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const STEP_LIMIT_MS = 15_000;
/** The titles of the forms that were looked at. */
const seen = new Set();

/**
 * Opens the page in a browser of its own.
 *
 * @param pools the local pools, whose messages have the codes
 * @param endpoint where they answer
 */
export async function openPage(browser, address, pools, endpoint) {
  const context = await browser.newContext({ viewport: { width: 900, height: 820 } });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_LIMIT_MS);
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  // A refusal of the service is a failed request for the browser
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 400'))
      problems.push(message.text());
  });
  await page.goto(address);
  const at = async (title) => {
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    if (seen.has(title)) return;
    seen.add(title);
    await checkAccessibility(page, title);
    await picture(page, title);
  };
  return {
    page,
    at,
    fill: async (values) => {
      for (const [label, value] of Object.entries(values))
        await page
          .getByRole('textbox', { name: label, exact: true })
          .or(page.getByLabel(label, { exact: true }))
          .first()
          .fill(value);
    },
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    choose: (name) => page.getByRole('button', { name }).click(),
    sees: (text) => page.getByText(text).first().waitFor(),
    code: () => pools.pools.flatMap(({ outbox }) => outbox).at(-1).code,
    text: () => page.locator('body').innerText(),
    addPasskey: (username) => addPasskey(page, pools.pools[0], endpoint, username),
    reload: () => page.reload(),
    close: async () => {
      await context.close();
      if (problems.length > 0) throw new Error(`The page has reported: ${problems.join('\n')}`);
    },
  };
}

/** @throws Error if axe has found something in the light or the dark colours */
async function checkAccessibility(page, title) {
  await page.addScriptTag({ path: AXE });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    if (violations.length === 0) continue;
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    throw new Error(`axe, at "${title}", ${colorScheme}: ${found.join('\n')}`);
  }
}

/** Light and dark, if they are wanted. */
async function picture(page, title) {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({
      path: join(folder, `${seen.size}-${title.replace(/\W+/g, '-')}-${colorScheme}.png`),
    });
  }
}
