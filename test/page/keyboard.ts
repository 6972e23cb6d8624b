/** A user who has no mouse: types, presses keys, and is shown where the focus is. */
import type { Page } from 'playwright-core';
import { atStep, idle } from '../support/login-page.ts';

export interface Keyboard {
  readonly type: (text: string) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  /** Presses Tab until the element of this name has the focus. It may appear a little later. */
  readonly tabTo: (name: string) => Promise<void>;
  /** Goes to a button and presses it. */
  readonly choose: (name: string) => Promise<void>;
  /** Fails unless the element of this name has the focus, or gets it soon. */
  readonly expectFocus: (name: string) => Promise<void>;
  /** Fails unless this step is shown, with the focus here, and Tab leads round the page. */
  readonly arrive: (heading: string, focus: string) => Promise<void>;
}

/** More than any page has. */
const MOST_STOPS = 60;
/** How long a view may need to show an element and to move the focus, in milliseconds. */
const FOCUS_MS = 10_000;
/** How long the browser may need to scroll to it, in milliseconds. */
const SCROLL_MS = 2_000;

/** @param walked the pages that Tab has led round before, which is not done again */
export function keyboardOf(page: Page, walked: Set<string>): Keyboard {
  const press = (key: string) => page.keyboard.press(key);
  const tabTo = async (name: string) => {
    const end = Date.now() + FOCUS_MS;
    // A request may bring the element after Tab has led round the page
    for (let tabs = 0; tabs < MOST_STOPS || Date.now() < end; tabs++) {
      if ((await look(page)).focus.name === name) return;
      await press('Tab');
    }
    throw new Error(`Tab does not lead to "${name}"`);
  };
  const expectFocus = async (name: string) => {
    const end = Date.now() + FOCUS_MS;
    let found = '';
    do found = (await look(page)).focus.name;
    while (found !== name && Date.now() < end);
    expect(found).toBe(name);
  };
  return {
    press,
    tabTo,
    expectFocus,
    type: (text) => page.keyboard.type(text),
    choose: async (name) => {
      await tabTo(name);
      await press('Enter');
    },
    arrive: async (heading, focus) => {
      await atStep(page, heading);
      await idle(page);
      await expectFocus(focus);
      const seen = [heading, ...(await look(page)).usable].join();
      if (!walked.has(seen)) await tabRound(page);
      walked.add(seen);
    },
  };
}

/**
 * Goes once round the page by Tab. Every element that can be used has its turn, in the order in which they stand on the screen, and
 * is seen to have it. An element that had the focus has it again in the end.
 */
async function tabRound(page: Page): Promise<void> {
  const { focus: start, usable } = await look(page);
  const stops: Stop[] = [];
  for (let tabs = 0; tabs < MOST_STOPS; tabs++) {
    await page.keyboard.press('Tab');
    const stop = await arrivedAt(page);
    if (stop.index >= 0 && stop.index === stops[0]?.index) break;
    if (stop.index >= 0) stops.push(stop);
  }
  const first = stops.findIndex(({ index }) => index === 0);
  const inOrder = [...stops.slice(first), ...stops.slice(0, first)];
  expect(inOrder.map(({ name }) => name)).toEqual(usable);
  for (const [index, stop] of inOrder.entries()) {
    expect([stop.name, stop.unseen]).toEqual([stop.name, []]);
    const before = inOrder[index - 1];
    expect([before?.name, stop.name, !before || isAfter(stop, before)]).toEqual([
      before?.name,
      stop.name,
      true,
    ]);
  }
  // A heading that had the focus is not reached by Tab
  if (start.index < 0) return;
  while ((await look(page)).focus.index !== start.index) await page.keyboard.press('Tab');
}

/** Where the focus is, once the browser has scrolled there. */
async function arrivedAt(page: Page): Promise<Stop> {
  const end = Date.now() + SCROLL_MS;
  let { focus } = await look(page);
  while (focus.unseen.includes('place') && Date.now() < end) ({ focus } = await look(page));
  return focus;
}

/** The element that has the focus, as the user sees it. */
interface Stop {
  /** Its label, without the detail that some buttons have. It is '' where no element has the focus. */
  readonly name: string;
  /** Its place among what a mouse could use, in the order of the document. It is -1 for a heading, and for what is beside the page. */
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  /** What is missing for a user to see it: `outline` or `place`. */
  readonly unseen: readonly string[];
}

/** Below, or to the right in the same row. */
const isAfter = (stop: Stop, before: Stop): boolean =>
  stop.top >= before.bottom - 1 || (stop.bottom > before.top && stop.left >= before.left);

/** @returns where the focus is, and the names of what a mouse could use, in the order of the document */
const look = (page: Page): Promise<{ readonly focus: Stop; readonly usable: readonly string[] }> =>
  page.evaluate(() => {
    const nameOf = (element: HTMLElement): string => {
      const hasLabel = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      const named = hasLabel ? element.labels?.[0] : element.querySelector('span');
      return (element.getAttribute('aria-label') ?? (named ?? element).textContent ?? '').trim();
    };
    // The panel beside the page changes while messages come in
    const usable = [
      ...document.querySelectorAll<HTMLElement>(
        '.column :is(a[href], button, input, select, summary, [tabindex="0"])',
      ),
    ].filter((element) => element.checkVisibility() && element.getAttribute('aria-hidden') !== 'true');
    const element = document.activeElement as HTMLElement;
    const { left, top, bottom } = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
    const [width = 0, offset = 0] = [outlineWidth, outlineOffset].map(Number.parseFloat);
    const focus = {
      name: element === document.body ? '' : nameOf(element),
      index: usable.indexOf(element),
      left: Math.round(left),
      top: Math.round(top + scrollY),
      bottom: Math.round(bottom + scrollY),
      unseen: [
        ...(outlineStyle === 'none' || width < 2 ? ['outline'] : []),
        ...(top - width - offset < 0 || bottom + width + offset > innerHeight ? ['place'] : []),
      ],
    };
    return { focus, usable: usable.map(nameOf) };
  });
