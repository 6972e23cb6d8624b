/**
 * A flow is what the stores of React, Vue and Svelte ask for. The contracts are those of the frameworks' documentation, so that
 * no framework has to be installed: https://react.dev/reference/react/useSyncExternalStore,
 * https://svelte.dev/docs/svelte/svelte-store#Store-contract, https://vuejs.org/api/reactivity-advanced#shallowref
 */
import type { SignInState } from '../../src/flow/index.ts';
import { challengeIn, flowWorld, password, SMS_USER } from './flow-world.ts';

/** As declared by @types/react. */
type UseSyncExternalStore = <Snapshot>(
  subscribe: (onStoreChange: () => void) => () => void,
  getSnapshot: () => Snapshot,
  getServerSnapshot?: () => Snapshot,
) => Snapshot;
/** As declared by svelte/store. */
interface Readable<T> {
  readonly subscribe: (this: void, run: (value: T) => void, invalidate?: () => void) => () => void;
}
/** As declared by vue. */
type ShallowRef = <T>(value: T) => { value: T };

test('React renders again when the snapshot is another object, and only then', async () => {
  const { flow } = await flowWorld({ options: SMS_USER });
  const renders: SignInState[] = [];
  let unsubscribe = () => {};
  // What React does: it compares the snapshots by Object.is when it is told of a change
  const useSyncExternalStore: UseSyncExternalStore = (subscribe, getSnapshot) => {
    let last = getSnapshot();
    renders.push(last as SignInState);
    unsubscribe = subscribe(() => {
      const next = getSnapshot();
      if (Object.is(last, next)) return;
      last = next;
      renders.push(next as SignInState);
    });
    return last;
  };
  const state = useSyncExternalStore(flow.subscribe, flow.getSnapshot, flow.getSnapshot);
  expect(state.status).toBe('idle');
  expect(flow.getSnapshot()).toBe(flow.getSnapshot());
  await flow.start(password);
  expect(renders.map(({ status }) => status)).toEqual(['idle', 'working', 'challenge']);
  unsubscribe();
  await flow.start(password);
  expect(renders).toHaveLength(3);
});

test('Svelte takes the flow itself as a store: the value comes at once', async () => {
  const { flow, code } = await flowWorld({ options: SMS_USER });
  const store: Readable<SignInState> = flow;
  const values: string[] = [];
  const end = store.subscribe(({ status }) => values.push(status));
  expect(values).toEqual(['idle']);
  await flow.start(password);
  await flow.answer(challengeIn(flow, 'SMS_MFA'), { code: code() });
  expect(values).toEqual(['idle', 'working', 'challenge', 'working', 'signed-in']);
  end();
  end();
  flow.restart();
  expect(values).toHaveLength(5);
});

test('Vue keeps the state in a shallowRef', async () => {
  const { flow } = await flowWorld({ options: SMS_USER });
  const shallowRef: ShallowRef = (value) => ({ value });
  const state = shallowRef(flow.getSnapshot());
  flow.subscribe((next) => {
    state.value = next;
  });
  await flow.start(password);
  expect(state.value).toBe(flow.getSnapshot());
});

test('the same listener can be given twice, and a listener may end itself', async () => {
  const { flow } = await flowWorld({ options: SMS_USER });
  let calls = 0;
  const listener = () => {
    calls += 1;
  };
  const first = flow.subscribe(listener);
  flow.subscribe(listener);
  first();
  const once = flow.subscribe(({ status }) => {
    if (status === 'working') once();
  });
  await flow.start(password);
  expect(calls).toBe(4);
});

describe('a listener that throws', () => {
  type WithReport = { reportError?: ((error: unknown) => void) | undefined };
  const reported: unknown[] = [];
  beforeEach(() => {
    reported.length = 0;
  });
  afterEach(() => {
    delete (globalThis as WithReport).reportError;
  });

  test.each([
    ['reportError, where it exists', () => ({ reportError: (error: unknown) => reported.push(error) })],
    [
      'a microtask that throws, elsewhere',
      () => ({
        queueMicrotask: (task: () => void) => {
          try {
            task();
          } catch (error) {
            reported.push(error);
          }
        },
      }),
    ],
  ])('is reported by %s, and disturbs neither the others nor the work', async (_, functions) => {
    const { flow, seen } = await flowWorld({ options: SMS_USER });
    const before = globalThis.queueMicrotask;
    Object.assign(globalThis, functions());
    try {
      flow.subscribe(({ status }) => {
        throw new Error(`A fault of the view in ${status}`);
      });
      const after: string[] = [];
      flow.subscribe(({ status }) => after.push(status));
      expect((await flow.start(password)).status).toBe('challenge');
      expect([seen, after]).toEqual([
        ['idle', 'working', 'challenge'],
        ['idle', 'working', 'challenge'],
      ]);
    } finally {
      globalThis.queueMicrotask = before;
    }
    expect(reported.map((error) => (error as Error).message)).toEqual(
      ['idle', 'working', 'challenge'].map((status) => `A fault of the view in ${status}`),
    );
  });
});

test('a state is serialised as it is, for a page that was rendered on a server', async () => {
  const { flow } = await flowWorld({ options: SMS_USER });
  await flow.start(password);
  expect(JSON.parse(JSON.stringify(flow.getSnapshot()))).toEqual(flow.getSnapshot());
});
