/** A session of a local pool whose clock the test sets, and what stands for other tabs, slow requests and locks. */
import { createUserPool, type UserPool } from '../../pool/src/index.ts';
import {
  createUserStore,
  type KeyValueStorage,
  memoryStorage,
  type SignedIn,
  signIn,
  type UserPoolClient,
} from '../../src/index.ts';
import {
  createSession,
  type Session,
  type SessionEvent,
  type SessionInput,
  type TabChannel,
} from '../../src/session/index.ts';
import { alice, client } from '../support/client.ts';
import { withGlobal } from '../support/with-global.ts';

export interface World {
  readonly pool: UserPool;
  readonly clock: { ms: number };
  readonly storage: KeyValueStorage;
  readonly sent: string[];
  readonly options: {
    readonly fetch: UserPool['fetch'];
    readonly now: () => number;
    readonly maxAttempts: 1;
  };
  readonly step: SignedIn;
}

export const web: UserPoolClient = client;

export async function world(rotates = false): Promise<World> {
  const clock = { ms: Date.now() };
  const pool = createUserPool({
    now: () => clock.ms,
    groups: [{ name: 'writers' }],
    users: [
      { ...alice, attributes: { email: 'alice@example.com', name: 'Alice A.' } },
      { ...alice, username: 'bob' },
    ],
    clients: [
      {
        clientId: web.clientId,
        explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        ...(rotates && { refreshTokenRotation: { gracePeriodSeconds: 0 } }),
      },
    ],
  });
  const sent: string[] = [];
  const fetch: UserPool['fetch'] = (url, init) => {
    sent.push(new Headers(init?.headers).get('x-amz-target')?.split('.')[1] ?? '');
    return pool.fetch(url, init);
  };
  const options = { fetch, now: () => clock.ms, maxAttempts: 1 } as const;
  const step = await signInAs('alice', options);
  sent.length = 0;
  return { pool, clock, storage: memoryStorage(), sent, options, step };
}

export const signInAs = async (username: string, options: World['options']) =>
  (await signIn(
    web,
    { flow: 'USER_PASSWORD_AUTH', username, password: alice.password },
    options,
  )) as SignedIn;

export function open(
  { storage, options, clock }: Pick<World, 'storage' | 'options' | 'clock'>,
  input: Partial<SessionInput> = {},
): { readonly session: Session; readonly events: SessionEvent[] } {
  const store = createUserStore(storage, web, { now: () => clock.ms });
  const session = createSession(web, { store, ...input }, options);
  const events: SessionEvent[] = [];
  session.subscribe((_, event) => event && events.push(event));
  return { session, events };
}

export const typesOf = (events: readonly SessionEvent[]) => events.map(({ type }) => type);
export const HOUR = 3_600_000;

/** Two ends of a channel, as BroadcastChannel connects tabs: each hears the other, and not itself. */
export function channel(): readonly [TabChannel, TabChannel] {
  const listeners: [Set<(event: { data: unknown }) => void>, Set<(event: { data: unknown }) => void>] = [
    new Set(),
    new Set(),
  ];
  const end = (own: 0 | 1, other: 0 | 1): TabChannel => ({
    postMessage: (data) => {
      for (const listener of listeners[other])
        queueMicrotask(() => listener({ data: structuredClone(data) }));
    },
    addEventListener: (_, listener) => void listeners[own].add(listener),
    removeEventListener: (_, listener) => void listeners[own].delete(listener),
  });
  return [end(0, 1), end(1, 0)];
}

/** Holds a request until the test lets it through. */
export function gate() {
  let arrive = () => {};
  let open = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { arrived, opened, arrive: () => arrive(), open: () => open() };
}

export const nextEvent = (session: Session) =>
  new Promise<SessionEvent>((resolve) => {
    const end = session.subscribe((_, event) => {
      if (!event) return;
      end();
      resolve(event);
    });
  });

/** A page that is not a secure context has no locks. Node 24 and Deno have those of a browser. */
export const withoutLock = <T>(work: () => Promise<T>): Promise<T> => work();

/** Runs without the pauses after which a session looks once more for what another tab has stored. Other timers are as they were. */
export function withoutPauses<T>(run: () => T | Promise<T>): Promise<T> {
  const { setTimeout } = globalThis;
  const shortened = (work: () => void, ms: number) => setTimeout(work, ms === 250 || ms === 1500 ? 0 : ms);
  return withGlobal('setTimeout', shortened, run);
}
