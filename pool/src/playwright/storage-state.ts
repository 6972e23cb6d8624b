/** The state with which Playwright opens a browser context: here with the items of a user who is signed in. */
import type { StorageItem } from '../harness/storage-items.ts';
import type { TestPool } from '../harness/test-pool.ts';
import { nodeModules } from '../node-modules.ts';
import type { TokenOptions } from '../user-pool-tokens.ts';

/** What `browser.newContext({ storageState })` takes, without cookies. */
export interface SignedInState {
  cookies: [];
  origins: { origin: string; localStorage: StorageItem[] }[];
}

/** Who is signed in, and in which application. The other options are those of `issueTokens`. */
export interface SignedInOptions extends TokenOptions {
  /** The origin whose `localStorage` has the tokens. Default: that of `baseURL`. */
  readonly origin?: string;
}

/** As Playwright's option `storageState`: a state, the path of a file with one, or nothing. */
interface GivenState {
  readonly cookies: readonly object[];
  readonly origins: readonly { readonly origin: string; readonly localStorage: readonly StorageItem[] }[];
}

/**
 * @throws TypeError if there is no origin
 * @throws RangeError if the pool has no such user
 */
export async function signedInState(
  pool: TestPool,
  username: string,
  { origin: given, ...options }: SignedInOptions,
  baseURL: string | undefined,
): Promise<SignedInState> {
  const address = given ?? baseURL;
  if (!address) {
    throw new TypeError(
      'origin: set baseURL in playwright.config.ts, or give the origin whose localStorage has the tokens',
    );
  }
  const localStorage = [...(await pool.signedInItems(username, options))];
  return { cookies: [], origins: [{ origin: new URL(address).origin, localStorage }] };
}

/** Adds the items of a user to a state. What it has of other origins, and its cookies, stay. */
export function mergeStates(before: unknown, added: SignedInState): GivenState {
  const { cookies = [], origins = [] } = readState(before);
  const merged = new Map(origins.map(({ origin, localStorage }) => [origin, localStorage]));
  for (const { origin, localStorage } of added.origins) {
    const names = localStorage.map(({ name }) => name);
    const kept = (merged.get(origin) ?? []).filter(({ name }) => !names.includes(name));
    merged.set(origin, [...kept, ...localStorage]);
  }
  return { cookies, origins: [...merged].map(([origin, localStorage]) => ({ origin, localStorage })) };
}

/**
 * `test.use({ storageState })` takes the place of the fixture that signs the user in, and Playwright does not tell.
 *
 * @throws TypeError if the state has nobody who is signed in
 */
export function assertSignedIn(state: unknown): void {
  const { origins = [] } = readState(state);
  const items = origins.flatMap(({ localStorage }) => localStorage);
  if (!items.some(({ name }) => name.endsWith('.LastAuthUser'))) {
    throw new TypeError(
      'signedInAs: test.use({ storageState }) takes its place. Set storageState in playwright.config.ts, where both can be set',
    );
  }
}

function readState(state: unknown): Partial<GivenState> {
  // Playwright checks what it is given, and has no other forms
  if (typeof state !== 'string') return (state ?? {}) as Partial<GivenState>;
  const { readFileSync } = nodeModules('storageState')('node:fs');
  return JSON.parse(readFileSync(state, 'utf8')) as Partial<GivenState>;
}
