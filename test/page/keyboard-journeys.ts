/** A way through the page by the keyboard alone: its steps, and the keys that most ways have in common. */
import { PASSWORD, useChromium, type World, type WorldOptions } from '../support/login-page.ts';
import { type Keyboard, keyboardOf } from './keyboard.ts';

/** What the user does in a step, once the focus is where it belongs. */
export type Act = (keyboard: Keyboard, world: World) => Promise<void>;
/** The heading of a step, the element that has the focus when the step is shown, and what the user does. */
export type Step = readonly [heading: string, focus: string, act: Act];

export interface Journey {
  readonly options: WorldOptions;
  /** Before the first key. */
  readonly prepare?: (world: World) => Promise<void>;
  readonly steps: readonly Step[];
  /** The last step, and what has the focus there. */
  readonly end: readonly [heading: string, focus: string];
}

export const NAME = 'User name, e-mail or phone';
export const HELLO = 'Hello, alice';
export const ALICE: WorldOptions = {
  pool: {
    users: [
      {
        username: 'alice',
        password: PASSWORD,
        attributes: { email: 'alice@example.com', email_verified: 'true' },
      },
    ],
  },
};

export const codeOf = ({ pool }: World): string => pool.outbox.at(-1)?.code ?? '';
export const press =
  (key: string): Act =>
  (keyboard) =>
    keyboard.press(key);
export const choose =
  (name: string): Act =>
  (keyboard) =>
    keyboard.choose(name);
/** Types into the field that has the focus, and sends the form. */
export const enter =
  (text: string | ((world: World) => string | Promise<string>)): Act =>
  async (keyboard, world) => {
    await keyboard.type(typeof text === 'string' ? text : await text(world));
    await keyboard.press('Enter');
  };
export const enterCode = enter(codeOf);

export const byPassword: Step = [
  'Sign in',
  NAME,
  async (keyboard) => {
    await keyboard.type('alice');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
  },
];
export const signedIn = [HELLO, HELLO] as const;

/** Waits for the words that say what has failed. */
export const expectAlert = ({ page }: World, text: string) =>
  page.locator('[role=alert]').getByText(text).waitFor();

/** Makes a test of each journey. Tab leads once round each page that they show. */
export function testJourneys(journeys: Readonly<Record<string, Journey>>): void {
  const chromium = useChromium();
  const walked = new Set<string>();
  test.each(Object.entries(journeys))('%s', async (_, { options, prepare, steps, end }) => {
    const world = await chromium.open(options);
    await prepare?.(world);
    const keyboard = keyboardOf(world.page, walked);
    for (const [heading, focus, act] of steps) {
      await keyboard.arrive(heading, focus);
      await act(keyboard, world);
    }
    await keyboard.arrive(...end);
  });
}
