/** Starts the application as `npm start` does, and asks it with tokens of a local pool. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { createUserPool } from 'cognito-local-pool';
import { signIn } from 'cognito-srp-engine';
import { createTokenVerifier } from 'cognito-srp-engine/verify';
import { createApp } from '../app.js';

const local = createUserPool(JSON.parse(readFileSync('pool.json', 'utf8')));
let listening;
let main;
let address;

before(async () => {
  listening = await local.listen();
  const env = { ...process.env, ENDPOINT: listening.endpoint, PORT: '0' };
  main = spawn(process.execPath, ['main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  [address] = await once(createInterface({ input: main.stdout }), 'line');
});
after(async () => {
  main.kill();
  const [code] = await once(main, 'exit');
  await listening.close();
  assert.equal(code, 0);
});

const accessToken = async (username, options) => (await local.issueTokens(username, options)).accessToken;

/** @returns the status, what the header WWW-Authenticate says, and the body */
async function ask(path, token, init = {}) {
  const headers = { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(address + path, { ...init, headers });
  const text = await response.text();
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    body: text === '' ? undefined : JSON.parse(text),
  };
}
const edit = (token) =>
  ask('/articles/1', token, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Changed' }),
  });

test('everyone may ask whether it is there', async () => {
  assert.equal((await ask('/health')).status, 200);
});

test('a user who has signed in is known by the token', async () => {
  const pool = { userPoolId: local.userPoolId, clientId: 'web', endpoint: listening.endpoint };
  const step = await signIn(pool, { username: 'alice', password: 'Correct-Horse-9' });
  const { status, body } = await ask('/me', step.tokens.accessToken);
  assert.equal(status, 200);
  assert.deepEqual([body.username, body.groups], ['alice', ['editors', 'readers']]);
});

test('groups decide: an editor writes, a reader reads, and others get 403', async () => {
  const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map((name) => accessToken(name)));
  const statuses = async (token) => [
    (await ask('/me', token)).status,
    (await ask('/articles', token)).status,
    (await edit(token)).status,
  ];
  assert.deepEqual(await statuses(alice), [200, 200, 204]);
  assert.deepEqual(await statuses(bob), [200, 200, 403]);
  assert.deepEqual(await statuses(carol), [200, 403, 403]);
  assert.equal((await edit(bob)).challenge, 'Bearer error="insufficient_scope"');
  assert.equal((await ask('/articles', bob)).body['1'].title, 'Changed');
});

test('without a token: 401, and no word of an error', async () => {
  const { status, challenge } = await ask('/me');
  assert.deepEqual([status, challenge], [401, 'Bearer']);
});

const foreign = createUserPool({
  users: [{ username: 'alice', groups: ['editors'] }],
  groups: [{ name: 'editors' }],
});
const lastChanged = (token) => token.replace(/.{8}$/, (end) => [...end].reverse().join(''));
const BAD = {
  'an expired one': () => accessToken('alice', { expiresIn: -60 }),
  'one of another app client': () => accessToken('alice', { claims: { client_id: 'another' } }),
  'one of another issuer': () => accessToken('alice', { claims: { iss: 'https://issuer.example' } }),
  'one of another pool with the same name': async () => (await foreign.issueTokens('alice')).accessToken,
  'one with another signature': async () => lastChanged(await accessToken('alice')),
  'an ID token': async () => (await local.issueTokens('alice')).idToken,
  'no token at all': async () => 'not-a-token',
};
for (const [title, make] of Object.entries(BAD)) {
  test(`a token that is not good gets 401, also where a group is missing: ${title}`, async () => {
    const { status, challenge } = await edit(await make());
    assert.deepEqual([status, challenge], [401, 'Bearer error="invalid_token"']);
  });
}

test('where the keys cannot be had, nobody is refused for good: 503', async (context) => {
  const complaints = context.mock.method(console, 'error', () => {});
  const pool = { userPoolId: local.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1:1' };
  const server = createServer(createApp(createTokenVerifier(pool))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const headers = { authorization: `Bearer ${await accessToken('alice')}` };
  const response = await fetch(`http://127.0.0.1:${server.address().port}/me`, { headers });
  assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '5']);
  assert.equal(complaints.mock.callCount(), 1);
  server.closeAllConnections();
  server.close();
});
