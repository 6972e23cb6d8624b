/** Listeners hear every change in its order, even where one of them makes the next change. */
import { flowWorld, password, SMS_USER } from './flow-world.ts';

const wrong = { ...password, password: 'wrong' };

test('a listener that changes the state leaves no later listener in an older one', async () => {
  const { flow, seen } = await flowWorld({ options: SMS_USER });
  flow.subscribe(({ status }) => {
    if (status === 'failed') flow.restart();
  });
  const later: string[] = [];
  flow.subscribe(({ status }) => later.push(status));
  expect((await flow.start(wrong)).status).toBe('idle');
  expect([seen, later]).toEqual([
    ['idle', 'working', 'failed', 'idle'],
    ['idle', 'working', 'failed', 'idle'],
  ]);
});

test('a listener that changes the state when it is added hears the change after that call', async () => {
  const { flow } = await flowWorld({ options: SMS_USER });
  await flow.start(wrong);
  const heard: string[] = [];
  flow.subscribe(({ status }) => {
    if (status === 'failed') flow.restart();
    heard.push(status);
  });
  expect(heard).toEqual(['failed', 'idle']);
});

test('a listener that is added while others are told hears the state at once, and only what follows', async () => {
  const { flow } = await flowWorld({ options: SMS_USER });
  const added: string[] = [];
  flow.subscribe(({ status }) => {
    if (status !== 'failed') return;
    flow.restart();
    flow.subscribe((state) => added.push(state.status));
    expect(added).toEqual(['idle']);
  });
  await flow.start(wrong);
  expect(added).toEqual(['idle']);
  await flow.start(password);
  expect(added).toEqual(['idle', 'working', 'challenge']);
});

test('a listener that has ended its subscription hears no change that still waits', async () => {
  const { flow } = await flowWorld({ options: SMS_USER });
  flow.subscribe(({ status }) => {
    if (status === 'failed') flow.restart();
  });
  const heard: string[] = [];
  const end = flow.subscribe(({ status }) => {
    heard.push(status);
    if (status === 'failed') end();
  });
  await flow.start(wrong);
  expect(heard).toEqual(['idle', 'working', 'failed']);
});

test('a report that fails reaches its caller, and later changes are told all the same', async () => {
  const { flow, seen } = await flowWorld({ options: SMS_USER });
  const page = globalThis as { reportError?: ((error: unknown) => void) | undefined };
  page.reportError = (error) => {
    throw error;
  };
  try {
    const fault = ({ status }: { readonly status: string }) => {
      if (status === 'idle') throw new Error('A fault of the view');
    };
    expect(() => flow.subscribe(fault)).toThrow('A fault of the view');
  } finally {
    delete page.reportError;
  }
  await flow.start(password);
  expect(seen).toEqual(['idle', 'working', 'challenge']);
});
