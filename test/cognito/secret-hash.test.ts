/** A client with a secret sends the right SECRET_HASH, and never the secret. */
import { createHmac } from 'node:crypto';
import { createUserPool } from '../../pool/src/index.ts';
import { signIn } from '../../src/index.ts';
import { generateEphemeral, passwordVerifierResponses } from '../../src/srp/index.ts';
import { alice, recorder } from '../support/client.ts';
import { errorOf, expectNoSecret } from '../support/secrets.ts';

const clientSecret = 'client-secret-of-the-app';
const email = 'alice@example.org';
const pool = createUserPool({
  clients: [{ clientId: 'with-secret', clientSecret }, { clientId: 'without' }],
  users: [{ ...alice, aliases: [email] }],
});
const endpoint = 'http://127.0.0.1';
const client = { userPoolId: pool.userPoolId, clientId: 'with-secret', clientSecret, endpoint };
const hash = (name: string) =>
  createHmac('sha256', clientSecret).update(`${name}with-secret`).digest('base64');
const typed = { username: email, password: alice.password };

/** The pool, with its first reply changed. */
const changed = (change: (reply: { ChallengeParameters: Record<string, string> }) => object) =>
  recorder(async ({ url, operation }, init) => {
    const response = await pool.fetch(url, init);
    if (operation !== 'InitiateAuth') return response;
    const body = (await response.json()) as { ChallengeParameters: Record<string, string> };
    return new Response(JSON.stringify(change(body)), { headers: response.headers });
  });

test('SECRET_HASH is of the typed name, then of USER_ID_FOR_SRP, beside that USERNAME', async () => {
  const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
  expect(await signIn(client, typed, { fetch })).toMatchObject({ status: 'signed-in', username: 'alice' });
  const [first, second] = sent;
  expect(first?.input.AuthParameters).toMatchObject({ USERNAME: email, SECRET_HASH: hash(email) });
  expect(second?.input.ChallengeResponses).toMatchObject({ USERNAME: 'alice', SECRET_HASH: hash('alice') });
  expect(hash(email)).not.toBe(hash('alice'));
});

test('the client secret itself is never sent, nor the password', async () => {
  const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
  await signIn(client, typed, { fetch });
  expect(sent).toHaveLength(2);
  expect(JSON.stringify(sent)).not.toContain(clientSecret);
  expect(JSON.stringify(sent)).not.toContain(alice.password);
});

test('a client without secret sends no SECRET_HASH', async () => {
  const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
  const step = await signIn({ userPoolId: pool.userPoolId, clientId: 'without', endpoint }, typed, { fetch });
  expect(step.status).toBe('signed-in');
  expect(sent).toHaveLength(2);
  expect(JSON.stringify(sent)).not.toContain('SECRET_HASH');
});

test.each([
  ['a wrong client secret', 'another-secret', 'Unable to verify secret hash for client with-secret'],
  [
    'no client secret',
    undefined,
    'Client with-secret is configured with secret but SECRET_HASH was not received',
  ],
])('%s: SECRET_HASH_REFUSED', async (_title, secret, message) => {
  const error = await errorOf(() =>
    signIn({ ...client, clientSecret: secret }, typed, { fetch: pool.fetch }),
  );
  expect(error).toMatchObject({ code: 'SECRET_HASH_REFUSED', recovery: 'fix-configuration', message });
  expectNoSecret(error, [alice.password, clientSecret, 'another-secret']);
});

test('where USER_ID_FOR_SRP is missing, USERNAME of the challenge counts', async () => {
  const { fetch, sent } = changed((reply) => ({
    ...reply,
    ChallengeParameters: { ...reply.ChallengeParameters, USER_ID_FOR_SRP: '', USERNAME: 'alice' },
  }));
  expect(await signIn(client, typed, { fetch })).toMatchObject({ username: 'alice' });
  expect(sent[1]?.input.ChallengeResponses).toMatchObject({ USERNAME: 'alice', SECRET_HASH: hash('alice') });
});

test('where both are missing, the typed name counts', async () => {
  const { fetch, sent } = changed(({ ChallengeParameters, ...reply }) => {
    const { USER_ID_FOR_SRP: _, USERNAME: __, ...parameters } = ChallengeParameters;
    return { ...reply, ChallengeParameters: parameters };
  });
  expect(await signIn(client, alice, { fetch })).toMatchObject({ username: 'alice' });
  expect(sent[1]?.input.ChallengeResponses).toMatchObject({ USERNAME: 'alice', SECRET_HASH: hash('alice') });
});

test('USER_ID_FOR_SRP wins over USERNAME', async () => {
  const { fetch, sent } = changed((reply) => ({
    ...reply,
    ChallengeParameters: { ...reply.ChallengeParameters, USERNAME: email },
  }));
  expect((await signIn(client, typed, { fetch })).status).toBe('signed-in');
  expect(sent[1]?.input.ChallengeResponses?.['USERNAME']).toBe('alice');
});

test('a Session of the challenge is sent back as it came', async () => {
  const Session = 'AYABe-session+/='.repeat(5);
  const { fetch, sent } = changed((reply) => ({ ...reply, Session }));
  expect((await signIn(client, typed, { fetch })).status).toBe('signed-in');
  expect(sent.map(({ input }) => input.Session)).toEqual([undefined, Session]);
});

test('without a Session, the answer has no such member', async () => {
  const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
  await signIn(client, typed, { fetch });
  expect(sent).toHaveLength(2);
  for (const { input } of sent) expect(input).not.toHaveProperty('Session');
});

test('ClientMetadata, AnalyticsMetadata and UserContextData go into both calls', async () => {
  const clientMetadata = { source: 'web', 'with space': 'é' };
  const analyticsMetadata = { AnalyticsEndpointId: 'pinpoint-1' };
  const userContextData = { IpAddress: '192.0.2.7', EncodedData: 'opaque' };
  const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
  await signIn(client, typed, { fetch, clientMetadata, analyticsMetadata, userContextData });
  expect(sent).toHaveLength(2);
  for (const { input } of sent) {
    expect(input).toMatchObject({
      ClientMetadata: clientMetadata,
      AnalyticsMetadata: analyticsMetadata,
      UserContextData: userContextData,
    });
  }
});

test('without ClientMetadata, AnalyticsMetadata and UserContextData, neither call has such a member', async () => {
  const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
  await signIn(client, typed, { fetch });
  expect(sent.map(({ input }) => Object.keys(input).sort())).toEqual([
    ['AuthFlow', 'AuthParameters', 'ClientId'],
    ['ChallengeName', 'ChallengeResponses', 'ClientId'],
  ]);
});

test('the answer to PASSWORD_VERIFIER has what the service asks for', async () => {
  const { fetch, sent } = recorder(({ url }, init) => pool.fetch(url, init));
  await signIn(client, typed, { fetch });
  expect(sent[1]?.input.ChallengeName).toBe('PASSWORD_VERIFIER');
  expect(Object.keys(sent[1]?.input.ChallengeResponses ?? {}).sort()).toEqual([
    'PASSWORD_CLAIM_SECRET_BLOCK',
    'PASSWORD_CLAIM_SIGNATURE',
    'SECRET_HASH',
    'TIMESTAMP',
    'USERNAME',
  ]);
});

test('the core alone hashes the USERNAME it answers with, whatever was typed', () => {
  const responses = passwordVerifierResponses(
    generateEphemeral(),
    { SRP_B: 'a1', SALT: 'b2', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'alice', USERNAME: email },
    { ...client, username: email, password: alice.password, now: 0 },
  );
  expect(responses).toMatchObject({ USERNAME: 'alice', SECRET_HASH: hash('alice') });
});
