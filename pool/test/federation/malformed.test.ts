/** Malformed answers of browsers and of providers: each is refused, and nothing breaks. */
import fc from 'fast-check';
import { createAgent, POOL } from './browser-agent.ts';
import { authorizeUrl, createFederatedPool, errorAt } from './world.ts';
import { createWrongProvider, leaveFor, WRONG_ISSUER } from './wrong-provider.ts';

const parameter = fc.oneof(
  fc.constantFrom('state', 'code', 'error', 'error_description', 'iss', 'session_state', 'id_token'),
  fc.string(),
);
const parameters = fc.array(fc.tuple(parameter, fc.oneof(fc.string(), fc.string({ unit: 'binary' }))), {
  maxLength: 6,
});

test('1000 malformed answers at /oauth2/idpresponse go to the page /error', async () => {
  const pool = createFederatedPool(WRONG_ISSUER);
  const answer = fc.record({ parameters, method: fc.constantFrom('GET', 'POST'), cookie: fc.string() });
  await fc.assert(
    fc.asyncProperty(answer, async ({ parameters, method, cookie }) => {
      const form = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
      const headers = { cookie: `csrf-state=${encodeURIComponent(cookie)}` };
      const url = `${POOL}/oauth2/idpresponse`;
      const response =
        method === 'GET'
          ? await pool.fetch(`${url}?${form}`, { headers })
          : await pool.fetch(url, { method, body: form, headers });
      expect(response.status).toBe(302);
      const to = method === 'GET' ? '/error?error=invalid_request' : '/oauth2/idpresponse?';
      expect(response.headers.get('location')).toContain(to);
    }),
    { numRuns: 1000 },
  );
});

test('a provider whose endpoints answer anything is refused, and its answer is not repeated', async () => {
  const provider = await createWrongProvider();
  const pool = createFederatedPool(WRONG_ISSUER, { identityProviderFetch: provider.fetch });
  const agent = createAgent(pool);
  const bodies = fc.oneof(
    fc.json(),
    fc.string(),
    fc.constantFrom('null', '[]', '{"keys":null}', '{"access_token":1,"id_token":"marker.a.b"}'),
    fc
      .record({ access_token: fc.string(), token_type: fc.string(), id_token: fc.string() })
      .map(JSON.stringify),
  );
  const wrong = fc.record({
    path: fc.constantFrom('/.well-known/openid-configuration', '/token', '/jwks', '/userinfo'),
    status: fc.constantFrom(200, 201, 302, 400, 401, 404, 500),
    type: fc.constantFrom('application/json', 'text/html', 'application/jwt', ''),
    body: bodies.map((body) => `${body} marker`).chain((marked) => fc.oneof(fc.constant(marked), bodies)),
  });
  await fc.assert(
    fc.asyncProperty(wrong, async ({ path, status, type, body }) => {
      provider.behave({});
      const sent = await leaveFor(provider, pool, agent, authorizeUrl());
      const headers = { 'content-type': type, location: 'https://elsewhere.example/' };
      provider.behave({ instead: { [path]: async () => new Response(body, { status, headers }) } });
      const answer = new URLSearchParams({ state: sent.get('state') ?? '', code: 'c' });
      const { url } = await agent.visit(`${POOL}/oauth2/idpresponse?${answer}`);
      expect(errorAt(url)).toMatchObject({ error: 'invalid_request', state: 'state-of-the-app' });
      expect(url.href).not.toContain('marker');
    }),
    { numRuns: 100 },
  );
  expect(pool.users.all()).toEqual([]);
});
