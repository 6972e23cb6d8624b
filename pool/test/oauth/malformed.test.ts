/** 1000 random requests to each OAuth endpoint: none is a fault of the pool, none leads astray, and nothing of them is shown. */
import fc from 'fast-check';
import type { LogEntry } from '../../src/index.ts';
import {
  CALLBACK,
  CHALLENGE,
  COOKIE,
  createBrowser,
  LOGOUT,
  MACHINE,
  OTHER_CALLBACK,
  VERIFIER,
} from './browser.ts';

const RUNS = 1000;
const SEED = 20260924;

/** Stands in every random text, so that it is found where it must not be. */
const CANARY = 'cAnArY';

const PARAMETERS = [
  'client_id',
  'client_secret',
  'redirect_uri',
  'logout_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'prompt',
  'max_age',
  'acr_values',
  'resource',
  'identity_provider',
  'idp_identifier',
  'login_hint',
  'grant_type',
  'code',
  'refresh_token',
  'token',
  'token_type_hint',
  'aws_client_metadata',
  'error',
];

const GOOD_VALUES = [
  'web',
  'other',
  'machine',
  MACHINE.clientSecret ?? '',
  CALLBACK,
  OTHER_CALLBACK,
  LOGOUT,
  'code',
  'token',
  'openid',
  'openid email',
  'orders/read',
  'S256',
  CHALLENGE,
  VERIFIER,
  'none',
  'login',
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:cognito:loa:4',
  '60',
  '{}',
  'redirect_mismatch',
];

const randomText = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `${CANARY}${text}`);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...GOOD_VALUES) },
  randomText,
  fc.constant(''),
);
const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PARAMETERS) }, randomText);

/** A query or a form, which may be broken in itself. */
const parameters = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.tuple(name, value), { maxLength: 12 })
      .map((pairs) => new URLSearchParams(pairs.map(([key, each]) => [key, each])).toString()),
  },
  fc.string({ unit: 'grapheme-ascii', maxLength: 80 }).map((text) => text.replace(/[#\s]/g, '')),
  fc.constantFrom('%', '%FF=%C0%80', '&&&==&', 'client_id=%E0%A4%A', `client_id=web&state=%00%0d%0a`),
);

/** What a request for a page begins with, so that the other parameters are read too. */
const start = fc.constantFrom(
  '',
  `client_id=web&redirect_uri=${encodeURIComponent(CALLBACK)}&`,
  `client_id=web&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=token&`,
  'client_id=web&grant_type=authorization_code&',
  'client_id=web&grant_type=refresh_token&',
  'client_id=web&',
);

const headerText = fc
  .string({ unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)), maxLength: 40 })
  .map((text) => `${CANARY}${text}`);
const authorization = fc.oneof(
  headerText,
  headerText.map((text) => `Basic ${btoa(text)}`),
  headerText.map((text) => `Basic ${text}`),
  headerText.map((text) => `Bearer ${text}`),
  fc.constantFrom(
    `Basic ${btoa(`machine:${MACHINE.clientSecret}`)}`,
    'Bearer a.b.c',
    'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOjF9.',
    'Bearer ..',
    'Basic',
  ),
);
const headers = fc.record(
  {
    authorization,
    cookie: fc.oneof(fc.constant(COOKIE), headerText, fc.constant(';;=;')),
    'content-type': fc.oneof(
      { weight: 6, arbitrary: fc.constant('application/x-www-form-urlencoded') },
      fc.constantFrom('application/json', 'multipart/form-data; boundary=x', ';', 'text/plain'),
    ),
    origin: fc.constantFrom('https://elsewhere.example', 'null'),
  },
  { requiredKeys: [] },
);

/** Where a redirect may lead. */
const isKnownTarget = (location: string) =>
  [/^\/login\?/, /^\/error\?error=[a-z_]+(&client_id=\w+)?$/].some((pattern) => pattern.test(location)) ||
  [`${CALLBACK}&`, `${CALLBACK}#`, `${OTHER_CALLBACK}?`, `${OTHER_CALLBACK}#`, LOGOUT].some((url) =>
    location.startsWith(url),
  );

const SECRETS = [CANARY, MACHINE.clientSecret ?? '', VERIFIER];

/** What is wrong with a reply, and with the lines that the log has of it. */
async function mistakesOf(response: Response, entries: readonly LogEntry[]): Promise<readonly string[]> {
  const { location, ...headers } = Object.fromEntries(response.headers);
  const logged = JSON.stringify(entries);
  const shown = [await response.text(), JSON.stringify(headers), logged].join('\n');
  return [
    ...([200, 302, 400, 401].includes(response.status) ? [] : [`the status ${response.status}`]),
    ...(location === undefined || isKnownTarget(location) ? [] : [`a redirect to ${location}`]),
    ...SECRETS.filter((secret) => shown.includes(secret)).map((secret) => `${secret} is shown`),
    ...(logged.includes(COOKIE.slice(-43)) ? ['the cookie is logged'] : []),
    ...(entries.length === 1 ? [] : [`${entries.length} lines of the log`]),
  ];
}

test.each([
  ['GET', '/oauth2/authorize'],
  ['POST', '/oauth2/token'],
  ['GET', '/oauth2/userInfo'],
  ['POST', '/oauth2/userInfo'],
  ['POST', '/oauth2/revoke'],
  ['GET', '/logout'],
  ['GET', '/error'],
])('%s %s', async (method, path) => {
  const entries: LogEntry[] = [];
  const { fetch } = createBrowser({ log: (entry) => entries.push(entry) });
  const property = fc.asyncProperty(start, parameters, headers, async (first, rest, given) => {
    entries.length = 0;
    const sent = `${first}${rest}`;
    const response = await (method === 'GET'
      ? fetch(`${path}?${sent}`, { headers: given })
      : fetch(path, { method, headers: given, body: sent }));
    const mistakes = await mistakesOf(response, entries);
    if (mistakes.length > 0) throw new Error(mistakes.join(', '));
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED });
});
