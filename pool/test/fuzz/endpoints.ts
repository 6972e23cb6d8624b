/** The target `endpoints`: queries, forms, cookies and headers of every path beside the operations. */
import fc, { type Arbitrary } from 'fast-check';
import { changes, withChanges } from '../../../test/fuzz/json-changes.ts';
import { expand, oddText, oddValue } from '../../../test/fuzz/odd-values.ts';
import { toRunnable } from '../../../test/fuzz/run-cases.ts';
import { CLIENT_SECRET, PASSWORD } from '../../../test/fuzz/steady-world.ts';
import { Fault, type RunnableTarget } from '../../../test/fuzz/target.ts';
import { checkReply, createWorldMaker, POOL_ID, type PoolWorld, targetOf, withNames } from './pool-world.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

export interface EndpointCase {
  readonly method: string;
  /** Path and query. What stands in braces is a name of the world. */
  readonly path: string;
  readonly query: Pairs;
  readonly headers: Pairs;
  readonly body: string;
}

const METHODS = ['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];
const PATHS = [
  '/oauth2/authorize',
  '/oauth2/token',
  '/oauth2/userInfo',
  '/oauth2/revoke',
  '/oauth2/idpresponse',
  '/logout',
  '/error',
  '/login',
  '/login/api',
  '/login/page.js',
  '/signup',
  '/forgotPassword',
  '/confirmuser',
  '/confirmUser',
  '/confirmforgotpassword',
  '/health',
  '/_/outbox',
  '/_/tokens',
  `/${POOL_ID}/.well-known/jwks.json`,
  `/${POOL_ID}/.well-known/openid-configuration`,
  '/%E0%A4%A/.well-known/jwks.json',
  '/__proto__/.well-known/jwks.json',
  '/saml2/idpresponse',
  '/',
  '//',
];
/** These have the most behaviour. */
const BUSY_PATHS = [
  '/oauth2/authorize',
  '/oauth2/token',
  '/oauth2/idpresponse',
  '/login/api',
  '/_/tokens',
  '/login',
];
const REDIRECT = 'https://app.example/callback';

/** Right values of the parameters, of which each can be another. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  client_id: ['web', 'confidential', 'machine', 'nobody'],
  client_secret: [CLIENT_SECRET],
  redirect_uri: [REDIRECT],
  logout_uri: [REDIRECT],
  response_type: ['code', 'token', 'code token'],
  scope: ['openid', 'openid email', 'orders/read', 'aws.cognito.signin.user.admin'],
  state: ['s'],
  nonce: ['n'],
  code_challenge: ['E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  code_challenge_method: ['S256', 'plain'],
  code_verifier: ['dBjftJeZ4CVP-mBSjXAxDZdw4gdgQSo0Ls-hVvMNNrUs'],
  grant_type: ['authorization_code', 'refresh_token', 'client_credentials', 'password'],
  code: ['{EventId}', 'c'],
  refresh_token: ['{RefreshToken}'],
  token: ['{RefreshToken}', '{AccessToken}'],
  identity_provider: ['Example', 'COGNITO', 'Google'],
  idp_identifier: ['example.com'],
  prompt: ['none', 'login', 'none login'],
  max_age: ['0', '-1', '1e3', '99999999999999999999'],
  login_hint: ['alice'],
  ui_locales: ['de en'],
  lang: ['de', 'ja'],
  acr_values: ['Level2', 'x y'],
  resource: ['https://orders.example'],
  request: ['x.y.z'],
  error: ['access_denied', '<script>'],
  error_description: ['x'],
  user_name: ['alice'],
  confirmation_code: ['123456'],
  client_assertion: ['{AccessToken}'],
};

const pairs: Arbitrary<Pairs> = fc.array(
  fc
    .constantFrom(...Object.keys(PARAMETERS))
    .chain((name) =>
      fc.tuple(
        fc.oneof({ arbitrary: fc.constant(name), weight: 20 }, { arbitrary: oddText, weight: 1 }),
        fc.oneof(
          { arbitrary: fc.constantFrom(...(PARAMETERS[name] ?? [''])), weight: 5 },
          { arbitrary: oddText, weight: 1 },
        ),
      ),
    ),
  { maxLength: 9 },
);

/** What most authorization requests have. */
const authorization: Arbitrary<Pairs> = fc
  .tuple(pairs, fc.constantFrom('code', 'token'))
  .map(([more, type]) => [
    ['client_id', 'web'],
    ['redirect_uri', REDIRECT],
    ['response_type', type],
    ...more.filter(([name]) => !['client_id', 'redirect_uri', 'response_type'].includes(name)),
  ]);

/** A header has no other characters when it comes over HTTP. */
const headerText = oddText.map((text) =>
  expand(text)
    .replace(/[^\x20-\x7e\x80-\xff]/g, '')
    .trim(),
);
const basic = `Basic ${Buffer.from(`confidential:${CLIENT_SECRET}`).toString('base64')}`;
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'content-type': [
    'application/x-www-form-urlencoded',
    'application/json',
    'application/x-amz-json-1.1',
    'text/plain',
  ],
  authorization: [
    basic,
    'Bearer {AccessToken}',
    'Basic !!!',
    'Basic Og==',
    'Bearer',
    'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=0',
  ],
  cookie: ['cognito=x', 'XSRF-TOKEN=x', 'cognito=', '='],
  origin: ['http://127.0.0.1', 'https://evil.example', 'null'],
  host: ['127.0.0.1', 'evil.example', '[::1]:80'],
  'x-amz-target': [
    targetOf('InitiateAuth'),
    targetOf('SignUp'),
    targetOf('ForgotPassword'),
    targetOf('RespondToAuthChallenge'),
  ],
  'sec-fetch-site': ['same-origin', 'cross-site', 'none'],
  accept: ['text/html', 'application/json'],
};
const headers: Arbitrary<Pairs> = fc.array(
  fc
    .constantFrom(...Object.keys(HEADERS))
    .chain((name) =>
      fc.tuple(
        fc.constant(name),
        fc.oneof(
          { arbitrary: fc.constantFrom(...(HEADERS[name] ?? [''])), weight: 6 },
          { arbitrary: headerText, weight: 1 },
        ),
      ),
    ),
  { maxLength: 4 },
);

const formOf = (list: Pairs): string =>
  new URLSearchParams(list.map(([name, value]) => [name, value])).toString();

/** Bodies of the paths that take JSON. */
const TOKENS_BODY = {
  userPoolId: POOL_ID,
  username: 'alice',
  clientId: 'web',
  scopes: ['openid'],
  claims: { a: 1 },
  idTokenClaims: {},
  accessTokenClaims: { exp: 1 },
  expiresIn: 60,
  issuedAt: 1,
  notBefore: 1,
  deviceKey: '{DeviceKey}',
};
const SIGN_IN_BODY = {
  ClientId: 'web',
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: 'alice', PASSWORD },
};
const body: Arbitrary<string> = fc.oneof(
  { arbitrary: pairs.map(formOf), weight: 4 },
  { arbitrary: changes.map((list) => JSON.stringify(withChanges(TOKENS_BODY, list))), weight: 2 },
  { arbitrary: changes.map((list) => JSON.stringify(withChanges(SIGN_IN_BODY, list))), weight: 2 },
  { arbitrary: fc.constantFrom('{"ticket":"x"}', '', '{}', 'null', '[]'), weight: 1 },
  { arbitrary: oddValue.map((value) => JSON.stringify(value)), weight: 1 },
  { arbitrary: oddText, weight: 1 },
);

const endpointCase: Arbitrary<EndpointCase> = fc.record({
  method: fc.oneof(
    { arbitrary: fc.constantFrom('GET', 'POST'), weight: 9 },
    { arbitrary: fc.constantFrom(...METHODS), weight: 1 },
  ),
  path: fc.oneof(fc.constantFrom(...BUSY_PATHS), fc.constantFrom(...PATHS)),
  query: fc.oneof(authorization, pairs),
  headers,
  body,
});

/** A browser that has been sent to the login page has a cookie. Requests of a page have these, too. */
const FORM_HEADERS: Pairs = [['content-type', 'application/x-www-form-urlencoded']];

export async function endpointsTarget(): Promise<RunnableTarget> {
  const makeWorld = createWorldMaker();
  return toRunnable<EndpointCase>({
    name: 'endpoints',
    inputs:
      'queries, forms, cookies and headers of the OAuth endpoints, managed login, federation and the pool’s own paths',
    arbitrary: endpointCase,
    start: async () => {
      const world = await makeWorld();
      return { run: (input) => runCase(world, input), stop: async () => {} };
    },
    casesOfAWorld: 4000,
  });
}

async function runCase(world: PoolWorld, input: EndpointCase): Promise<void> {
  const text = (value: string) => withNames(expand(value), world);
  const query = formOf(input.query.map(([name, value]) => [text(name), text(value)]));
  const given = input.headers.map(([name, value]): [string, string] => [name, text(value)]);
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(input.method);
  const init = {
    method: input.method,
    headers: [...(given.some(([name]) => name === 'content-type') ? [] : FORM_HEADERS), ...given].map(
      ([name, value]): [string, string] => [name, value],
    ),
    ...(hasBody && { body: text(input.body) }),
  };
  const response = await checkReply(world, () =>
    world.pool.fetch(`http://127.0.0.1${input.path}?${query}`, init),
  );
  await response.text();
  const location = response.headers.get('location');
  // A redirect leads to the client, to the provider or to a page of the pool, and to nobody else
  const allowed = [REDIRECT, 'https://idp.example/', '/', 'http://127.0.0.1'];
  if (
    location !== null &&
    (location.startsWith('//') || !allowed.some((begin) => location.startsWith(begin)))
  ) {
    throw new Fault(`A redirect to ${location.slice(0, 300)}`);
  }
}
