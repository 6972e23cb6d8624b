/** Checks a page with axe-core in light and dark, and that it is not wider than a small phone. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** The narrowest in use. */
const PHONE = { width: 320, height: 640 };

/** @returns one line for each violation of WCAG 2.2 AA and axe's best practices */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const size = page.viewportSize();
  const problems: string[] = [];
  const look = async (where: string) => {
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
      return (await axe.run()).violations;
    });
    problems.push(
      ...violations.map(
        ({ id, nodes }) =>
          `${where} ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
      ),
    );
  };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await look(colorScheme);
  }
  await page.setViewportSize(PHONE);
  await look('phone');
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > PHONE.width) problems.push(`phone: the page is ${width} pixels wide`);
  if (size) await page.setViewportSize(size);
  return problems;
}
