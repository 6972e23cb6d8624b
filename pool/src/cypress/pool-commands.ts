/** The commands of Cypress that run the tasks of the pool. This file runs in the browser that Cypress drives. */
import type { OutboxMessage } from '../domain/codes.ts';
import type { FaultRule } from '../faults/faults.ts';
import type { StorageItem } from '../harness/storage-items.ts';
import type { TestPoolClient } from '../harness/test-pool.ts';
import type { UserOptions } from '../options/options.ts';
import type { TokenOptions } from '../user-pool-tokens.ts';
import type { PoolTasks } from './pool-tasks.ts';

declare global {
  // biome-ignore lint/style/noNamespace: Cypress declares its commands in this namespace, and packages add theirs to it
  namespace Cypress {
    /** Cypress's own, with the commands of the pool. */
    interface Chainable<Subject> {
      /** Goes back to the options of the pool, also with its clock. */
      readonly resetPool: () => Chainable<null>;
      /**
       * Signs a user in before the application is visited: puts into `localStorage` what aws-amplify, or `createUserStore` of the engine,
       * would have stored. `baseUrl` has to be set.
       */
      readonly signInAs: (username: string, options?: TokenOptions) => Chainable<null>;
      /** Yields the messages that a service would have sent, the newest last. */
      readonly poolOutbox: () => Chainable<readonly OutboxMessage[]>;
      /** Yields what `signIn` of the engine takes first. */
      readonly poolClient: () => Chainable<TestPoolClient>;
      /** Adds a user until the next reset. */
      readonly addPoolUser: (user: UserOptions) => Chainable<null>;
      /** Adds a failure until the next reset. */
      readonly addPoolFault: (rule: FaultRule) => Chainable<null>;
      /** Moves the pool's clock by so many milliseconds. `cy.clock` moves that of the page. */
      readonly advancePoolClock: (ms: number) => Chainable<null>;
    }
  }
}

/** What a command returns. */
interface Chain<Value> {
  readonly then: <Next>(use: (value: Value) => Next) => Chain<Next>;
}

/** The part of Cypress's globals that is needed here. */
interface CypressGlobals {
  readonly Cypress?: {
    readonly Commands: { add: (name: string, run: (...given: never[]) => Chain<unknown>) => void };
  };
  readonly cy: {
    readonly task: <Value>(
      name: keyof PoolTasks,
      argument: unknown,
      options: { readonly log: boolean },
    ) => Chain<Value>;
  };
  readonly localStorage: Pick<Storage, 'setItem'>;
}

/**
 * Adds the commands to `cy`, for the support file. `addPoolTasks` has to be in the configuration.
 *
 * @returns nothing
 * @throws Error if it does not run in Cypress
 * @example
 * ```ts
 * import { addPoolCommands } from 'cognito-local-pool/cypress/commands';
 *
 * addPoolCommands();
 * ```
 */
export function addPoolCommands(): void {
  const browser = globalThis as unknown as CypressGlobals;
  if (!browser.Cypress) {
    throw new Error('addPoolCommands runs in the support file of Cypress, which has the global "Cypress"');
  }
  // Cypress prints what a task is given and returns. Tokens need not stand there
  const task = <Value>(name: keyof PoolTasks, argument: unknown = null) =>
    browser.cy.task<Value>(name, argument, { log: false });
  const { Commands } = browser.Cypress;
  Commands.add('resetPool', () => task('pool:reset'));
  Commands.add('signInAs', (username: string, options: TokenOptions = {}) =>
    task<readonly StorageItem[]>('pool:signIn', { ...options, username }).then((items) => {
      for (const { name, value } of items) browser.localStorage.setItem(name, value);
      return null;
    }),
  );
  Commands.add('poolOutbox', () => task('pool:outbox'));
  Commands.add('poolClient', () => task('pool:client'));
  Commands.add('addPoolUser', (user: UserOptions) => task('pool:addUser', user));
  Commands.add('addPoolFault', (rule: FaultRule) => task('pool:addFault', rule));
  Commands.add('advancePoolClock', (ms: number) => task('pool:advanceClock', ms));
}
