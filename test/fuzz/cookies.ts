/** The target `cookies`: headers `Cookie` of any form, and values of any form that are written to cookies. */
import fc, { type Arbitrary } from 'fast-check';
import { cookieStorage, fetchCookies, nodeCookies } from '../../src/cookies/index.ts';
import { createUserStore } from '../../src/index.ts';
import { checkNamedError, checkShowsNone } from './case-checks.ts';
import { textChanges, withTextChanges } from './json-changes.ts';
import { anyUnits, expand, oddText } from './odd-values.ts';
import { CLIENT, type Recording, recordCalls } from './recorded-calls.ts';
import { toRunnable } from './run-cases.ts';
import { TIME } from './steady-world.ts';
import { Fault, type RunnableTarget } from './target.ts';

export interface CookieCase {
  readonly header: string;
  readonly key: string;
  readonly value: string;
}

const NAME_OF_LAST_USER = `CognitoIdentityServiceProvider.${CLIENT.clientId}.LastAuthUser`;
const PIECES = [
  '=',
  ';',
  '; ',
  '"',
  '%',
  ',',
  ' ',
  '\t',
  '\u0000',
  '\r\n',
  'a',
  'a.0',
  'a.1',
  '.0',
  '__Host-',
  NAME_OF_LAST_USER,
];
const PARTS = [
  'CognitoSrpEngine:parts:2:x',
  'CognitoSrpEngine:parts:999:x',
  'CognitoSrpEngine:parts:1:_',
  'x:y',
  'alice',
  '%41',
  '%zz',
];

/** A header that a browser would send after a sign-in, of which each cookie can be another. */
async function rightHeader({ signedIn, device }: Recording): Promise<string> {
  const jar = fetchCookies(new Request('https://example.com/'));
  await createUserStore(cookieStorage(jar), CLIENT, { now: () => TIME }).save(
    { ...signedIn, device },
    'alice@example.com',
  );
  return jar.cookieHeader();
}

export async function cookiesTarget(): Promise<RunnableTarget> {
  const recording = await recordCalls();
  const right = await rightHeader(recording);
  const pieces: Arbitrary<string> = fc
    .array(fc.oneof(fc.constantFrom(...PIECES, ...PARTS), anyUnits, oddText), { maxLength: 12 })
    .map((list) => list.join(''));
  const pairs: Arbitrary<string> = fc
    .array(
      fc.tuple(
        fc.oneof(fc.constantFrom('a', 'a.0', 'a.1', NAME_OF_LAST_USER), oddText),
        fc.oneof(fc.constantFrom(...PARTS), oddText),
      ),
      {
        maxLength: 6,
      },
    )
    .map((list) => list.map(([name, value]) => `${name}=${value}`).join('; '));
  const arbitrary = fc.record({
    header: fc.oneof(
      pieces,
      pairs,
      textChanges.map((list) => withTextChanges(right, list)),
    ),
    // Whatever keeps items gives each a name
    key: fc.oneof(
      fc.constantFrom('a', NAME_OF_LAST_USER),
      oddText.map((text) => text || 'a'),
    ),
    value: fc.oneof(
      oddText,
      anyUnits,
      fc.constantFrom(...PARTS),
      fc.tuple(anyUnits, fc.constantFrom(1, 30, 1000)).map(([text, times]) => text.repeat(times)),
    ),
  });
  return toRunnable<CookieCase>({
    name: 'cookies',
    inputs: 'headers Cookie of any characters, and keys and values of any characters that are written',
    arbitrary,
    start: async () => ({ run: (input) => runCase(recording, input), stop: async () => {} }),
    casesOfAWorld: 20_000,
  });
}

async function runCase(recording: Recording, input: CookieCase): Promise<void> {
  const header = expand(input.header);
  const key = expand(input.key);
  const value = expand(input.value);
  const fetched = fetchCookies({ headers: { get: () => header } });
  const set: Record<string, string | readonly string[]> = {};
  const node = nodeCookies(
    { headers: { cookie: header } },
    { getHeader: (name) => set[name], setHeader: (name, list) => Object.assign(set, { [name]: list }) },
  );
  await writeAndRead(cookieStorage(node), key, value);
  const storage = cookieStorage(fetched);
  const store = createUserStore(storage, CLIENT, { now: () => TIME });
  await store.load();
  await store.device('alice');
  await writeAndRead(storage, key, value);
  const before = storage.getItem(key);
  await store.save(recording.signedIn);
  if ((await store.load())?.username !== 'alice') throw new Fault('What was saved is not read');
  if (key !== NAME_OF_LAST_USER && storage.getItem(key) !== before) {
    throw new Fault('Saving has changed another item');
  }
  await store.signOut('alice');
  const written = [...fetched.setCookies(), ...[set['set-cookie'] ?? set['Set-Cookie'] ?? []].flat()];
  for (const line of written) checkSetCookie(line);
  await checkNextRequest(fetched.cookieHeader(), key, await storage.getItem(key));
}

/** What is written is read. A key or value that no cookie can have is refused by name. */
async function writeAndRead(
  storage: ReturnType<typeof cookieStorage>,
  key: string,
  value: string,
): Promise<void> {
  try {
    await storage.setItem(key, value);
  } catch (error) {
    checkNamedError(error);
    if (value.length > 20) checkShowsNone(error, [value]);
    return;
  }
  const read = await storage.getItem(key);
  if (wellFormed(read) !== wellFormed(value)) {
    throw new Fault(`Another value is read: ${JSON.stringify(read)?.slice(0, 300)}`);
  }
}

/** Halves of surrogate pairs have no UTF-8, so the next request has U+FFFD in their place. */
const wellFormed = (text: string | null | undefined): string =>
  (text ?? '').replace(/[\ud800-\udfff]/gu, '\ufffd');

/** One line of visible ASCII, whose value ends no earlier than it was to end. */
function checkSetCookie(line: string): void {
  if (!/^[\x21\x23-\x3a\x3c\x3e-\x7e]+=[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*; Path=/.test(line)) {
    throw new Fault(`Not a header Set-Cookie: ${line.slice(0, 300)}`);
  }
  if (line.length > 4096) throw new Fault(`A cookie of ${line.length} bytes`);
}

/** The header of the next request is read as the same item. */
async function checkNextRequest(
  header: string,
  key: string,
  before: string | null | undefined,
): Promise<void> {
  const storage = cookieStorage(fetchCookies({ headers: { get: () => header } }));
  const after = await storage.getItem(key);
  if (wellFormed(after) !== wellFormed(before)) {
    throw new Fault(`The next request has another item: ${JSON.stringify(after)?.slice(0, 300)}`);
  }
}
