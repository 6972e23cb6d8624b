/** The tasks and commands for Cypress, with what Cypress would hand them: `on`, a configuration, and the globals of its browser. */
import { createUserStore, getUser, type UserPoolClient } from '../../../src/index.ts';
import { addPoolCommands } from '../../src/cypress/commands/index.ts';
import { addPoolTasks, type PoolTaskOptions, type PoolTasks } from '../../src/cypress/index.ts';

type Task = (argument: unknown) => unknown;

/** Cypress hands over and takes back JSON alone, and refuses undefined. */
const asJson = (value: unknown): unknown => {
  const text = JSON.stringify(value);
  if (text === undefined) throw new Error('A task must not return undefined');
  return JSON.parse(text);
};

async function startTasks(options?: PoolTaskOptions) {
  const tasks = new Map<string, Task>();
  const on = (_: 'task', added: PoolTasks) => {
    for (const [name, run] of Object.entries(added)) tasks.set(name, run as Task);
  };
  const given = { baseUrl: 'http://localhost:3000', env: { own: 'kept' } };
  const config = await addPoolTasks(on, given, options);
  const run = async (name: string, argument: unknown = null) =>
    asJson(await tasks.get(name)?.(asJson(argument)));
  return { tasks, config, run };
}

let cypress: Awaited<ReturnType<typeof startTasks>>;
beforeAll(async () => {
  cypress = await startTasks({ pool: { users: [{ username: 'alice', aliases: ['alice@example.com'] }] } });
});
beforeEach(async () => void (await cypress.run('pool:reset')));
afterAll(() => cypress.run('pool:close'));

const client = async () => (await cypress.run('pool:client')) as UserPoolClient;

/** The globals of the browser, as far as the commands use them. */
function withBrowser() {
  const commands = new Map<string, (...given: unknown[]) => Promise<unknown>>();
  const items = new Map<string, string>();
  const logged: unknown[] = [];
  const browser = {
    Cypress: { Commands: { add: (name: string, run: () => Promise<unknown>) => commands.set(name, run) } },
    cy: {
      task: (name: string, argument: unknown, { log = true } = {}) => {
        if (log) logged.push(argument);
        return cypress.run(name, argument);
      },
    },
    localStorage: { setItem: (name: string, value: string) => items.set(name, value) },
  };
  const before = Object.keys(browser).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(browser)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const remove = () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
  const command = (name: string, ...given: unknown[]) => commands.get(name)?.(...given);
  return { commands, command, items, logged, remove };
}

describe('addPoolTasks', () => {
  test('starts the pool, says where it is, and keeps the rest of the configuration', async () => {
    const { config } = cypress;
    expect(config).toEqual({
      baseUrl: 'http://localhost:3000',
      env: {
        own: 'kept',
        poolEndpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        poolUserPoolId: 'us-east-1_LocalPool',
        poolClientId: 'web',
      },
    });
    expect(await client()).toMatchObject({ clientId: 'web', userPoolId: 'us-east-1_LocalPool' });
  });

  test('has tasks of which each returns JSON', async () => {
    expect(await cypress.run('pool:addUser', { username: 'bob', mfa: { sms: '+4915100000008' } })).toBeNull();
    expect(await cypress.run('pool:addFault', { name: 'throttle' })).toBeNull();
    expect(await cypress.run('pool:clearFaults')).toBeNull();
    expect(await cypress.run('pool:advanceClock', 1000)).toBeNull();
    expect(await cypress.run('pool:outbox')).toEqual([]);
  });

  test('goes back with pool:reset: users, faults and the clock', async () => {
    const { accessToken } = await tokensOf('alice');
    await cypress.run('pool:addUser', { username: 'bob' });
    await cypress.run('pool:advanceClock', 7_200_000);
    await expect(getUser(await client(), { accessToken })).rejects.toMatchObject({
      code: 'ACCESS_TOKEN_REFUSED',
    });
    await cypress.run('pool:reset');
    await expect(cypress.run('pool:signIn', { username: 'bob' })).rejects.toThrow('no user "bob"');
    const again = await tokensOf('alice');
    expect(await getUser(await client(), again)).toMatchObject({ username: 'alice' });
  });

  test('refuses a wrong option of the pool, and names it', async () => {
    await expect(startTasks({ pool: { users: [{ username: '' }] } })).rejects.toThrow('users[0].username');
  });
});

async function tokensOf(username: string): Promise<{ readonly accessToken: string }> {
  const items = (await cypress.run('pool:signIn', { username })) as { name: string; value: string }[];
  return { accessToken: items.find(({ name }) => name.endsWith('.accessToken'))?.value ?? '' };
}

describe('addPoolCommands', () => {
  test('adds one command for each task that a test needs', () => {
    const { commands, remove } = withBrowser();
    addPoolCommands();
    remove();
    expect([...commands.keys()].sort()).toEqual([
      'addPoolFault',
      'addPoolUser',
      'advancePoolClock',
      'poolClient',
      'poolOutbox',
      'resetPool',
      'signInAs',
    ]);
  });

  test('signs a user in: the store of the application finds tokens that work, and no log has them', async () => {
    const { command, items, logged, remove } = withBrowser();
    addPoolCommands();
    expect(await command('signInAs', 'alice@example.com')).toBeNull();
    remove();
    const storage = {
      getItem: (key: string) => items.get(key),
      setItem: () => {},
      removeItem: () => {},
    };
    const user = await createUserStore(storage, { clientId: 'web' }).load();
    expect(user?.username).toBe('alice');
    const { accessToken = '' } = user?.tokens ?? {};
    expect(await getUser(await client(), { accessToken })).toMatchObject({ username: 'alice' });
    expect(logged).toEqual([]);
  });

  test('hands on what a command is given', async () => {
    const { command, remove } = withBrowser();
    addPoolCommands();
    await command('addPoolUser', { username: 'bob' });
    await command('signInAs', 'bob', { expiresIn: 60 });
    await command('addPoolFault', { name: 'throttle' });
    await command('advancePoolClock', 5);
    expect(await command('poolOutbox')).toEqual([]);
    expect(await command('poolClient')).toMatchObject({ clientId: 'web' });
    expect(await command('resetPool')).toBeNull();
    remove();
    await expect(cypress.run('pool:signIn', { username: 'bob' })).rejects.toThrow('no user "bob"');
  });

  test('says where it runs, if it is called elsewhere', () => {
    expect(() => addPoolCommands()).toThrow('addPoolCommands runs in the support file of Cypress');
  });
});
