/** 1000 random requests to the page and to what it calls: none is a fault of the pool, none signs in, and none gets a cookie of a session. */
import fc from 'fast-check';
import { CALLBACK, createWorld, ORIGIN } from './page.ts';

const SEED = 20260924;
const RUNS = { numRuns: 1000, seed: SEED };

const COOKIE = `cognito-login=${'a'.repeat(43)}`;
const GOOD_QUERY = new URLSearchParams({
  client_id: 'web',
  response_type: 'code',
  redirect_uri: CALLBACK,
}).toString();

const text = fc.string({ unit: 'binary', maxLength: 40 });
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant(GOOD_QUERY) },
  fc.array(fc.tuple(text, text), { maxLength: 6 }).map((pairs) => new URLSearchParams(pairs).toString()),
  text.map((each) => `${GOOD_QUERY}&${new URLSearchParams({ state: each })}`),
  fc.constantFrom('', '%', 'client_id=web', 'client_id=%FF'),
);
const json = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc
    .record(
      {
        ClientId: fc.constantFrom('web', 'other', ''),
        AuthFlow: fc.constantFrom(
          'USER_SRP_AUTH',
          'USER_AUTH',
          'CUSTOM_AUTH',
          'REFRESH_TOKEN_AUTH',
          '__proto__',
        ),
        AuthParameters: fc.dictionary(fc.constantFrom('USERNAME', 'PASSWORD', 'SRP_A', 'DEVICE_KEY'), text),
        Session: text,
        ChallengeName: fc.constantFrom('LOGIN_TICKET', 'SMS_MFA', 'PASSWORD_VERIFIER', 'toString'),
        ChallengeResponses: fc.dictionary(fc.constantFrom('USERNAME', 'ANSWER', 'SRP_A'), text),
        AccessToken: text,
        DeviceKey: text,
        Username: text,
        ticket: fc.oneof(text, fc.integer(), fc.constant(null)),
      },
      { requiredKeys: [] },
    )
    .map((input) => JSON.stringify(input)),
  text,
);
const operation = fc.constantFrom(
  'InitiateAuth',
  'RespondToAuthChallenge',
  'SignUp',
  'ConfirmSignUp',
  'ForgotPassword',
  'ConfirmForgotPassword',
  'AssociateSoftwareToken',
  'VerifySoftwareToken',
  'ConfirmDevice',
  'UpdateDeviceStatus',
  'constructor',
  '',
);

test.each([
  ['GET', '/login'],
  ['POST', '/login'],
  ['POST', '/login/api'],
])('%s %s', async (method, path) => {
  const { fetch } = createWorld();
  await fc.assert(
    fc.asyncProperty(query, json, operation, async (search, body, name) => {
      const response = await fetch(`${path}?${search}`, {
        method,
        headers: {
          origin: ORIGIN,
          cookie: COOKIE,
          'content-type': 'application/json',
          'x-amz-target': `AWSCognitoIdentityProviderService.${name}`,
        },
        ...(method === 'POST' && { body }),
      });
      expect([200, 302, 400, 403]).toContain(response.status);
      expect(response.headers.get('set-cookie') ?? '').not.toMatch(/cognito-(?!login)/);
      const reply = await response.text();
      expect(reply).not.toMatch(
        /eyJ[\w-]+\.|at .*\.ts:|"ChallengeName":"LOGIN_TICKET|redirectTo":"https:\/\/app[^"]*code=/,
      );
    }),
    RUNS,
  );
});
