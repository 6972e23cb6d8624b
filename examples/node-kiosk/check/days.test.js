/** Days of a device in a second: the clock is turned, the pool and the file are real. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createUserPool } from 'cognito-local-pool';
import { forgetDevice } from 'cognito-srp-engine';
import { createKiosk, PersonNeeded } from '../kiosk.js';
import { createClock } from './clock.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const seed = JSON.parse(readFileSync('pool.json', 'utf8'));
const credentials = { username: 'kiosk-7', password: 'Correct-Horse-9' };

let folder;
let clock;
let local;
let pool;
let network;
let events;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-'));
  clock = createClock();
  local = createUserPool({ ...seed, now: clock.now });
  pool = { userPoolId: local.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  network = { isUp: true, requests: [] };
  events = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function fetchByNetwork(url, init) {
  if (!network.isUp) throw new TypeError('fetch failed');
  const headers = new Headers(init.headers);
  network.requests.push(headers.get('x-amz-target').split('.')[1]);
  return local.fetch(url, init);
}

/** The program begins anew: nothing is left but the file. */
function restart() {
  const outside = { now: clock.now, timers: clock.timers, fetch: fetchByNetwork, retryDelayMs: 1 };
  const kiosk = createKiosk(pool, credentials, join(folder, 'kiosk.json'), outside);
  kiosk.session.subscribe((_snapshot, event) => event && events.push(event.type));
  return kiosk;
}

const codeOfMessage = async () => local.outbox.at(-1).code;
async function setUp() {
  const kiosk = restart();
  await kiosk.setUp(codeOfMessage);
  return kiosk;
}

/** What the timer of the session has begun ends with an event, or with the next timer. */
async function untilDone() {
  const before = events.length;
  while (events.length === before && clock.waiting() === 0) await new Promise(setImmediate);
}

const countOf = (list, wanted) => list.filter((item) => item === wanted).length;
const messages = () => local.outbox.length;

test('without a person there is no first sign-in, and setUp asks once', async () => {
  const kiosk = restart();
  await assert.rejects(kiosk.accessToken(), (error) => {
    assert.ok(error instanceof PersonNeeded);
    assert.equal(error.challenge, 'SMS_MFA');
    return true;
  });
  await assert.rejects(kiosk.accessToken(), PersonNeeded);
  await kiosk.setUp(codeOfMessage);
  assert.equal(messages(), 1, 'one code was sent, however often somebody asked for a token');
  assert.match(await kiosk.accessToken(), /^eyJ/);
  kiosk.session.close();
});

test('after a wrong code setUp begins anew', async () => {
  const kiosk = restart();
  await assert.rejects(
    kiosk.setUp(async () => '000000'),
    { code: 'CODE_MISMATCH' },
  );
  await kiosk.setUp(codeOfMessage);
  assert.equal(messages(), 2);
  kiosk.session.close();
});

test('only the owner can read the file, and it has no password', async () => {
  const kiosk = await setUp();
  kiosk.session.close();
  const file = join(folder, 'kiosk.json');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(!readFileSync(file, 'utf8').includes(credentials.password));
});

test('after a restart it goes on with what it has kept, without a request', async () => {
  const before = await setUp();
  const token = await before.accessToken();
  before.session.close();
  network.requests = [];
  const after = restart();
  assert.equal(await after.accessToken(), token);
  assert.deepEqual(network.requests, []);
  after.session.close();
});

test('it runs for three days: the timer refreshes before the end of each token', async () => {
  const kiosk = await setUp();
  for (let day = 0; day < 3; day++) {
    await clock.advance(DAY, untilDone);
    network.requests = [];
    await kiosk.accessToken();
    assert.deepEqual(network.requests, [], 'the token at hand was good');
  }
  // An hour less the margin of one minute
  assert.equal(countOf(events, 'refreshed'), Math.floor((3 * DAY) / (HOUR - 60_000)));
  assert.equal(countOf(events, 'signed-in'), 1);
  assert.equal(messages(), 1);
  kiosk.session.close();
  assert.equal(clock.waiting(), 0);
});

test('switched off until the refresh token has ended, it signs in again by the password and the kept device', async () => {
  (await setUp()).session.close();
  await clock.advance(31 * DAY);
  const kiosk = restart();
  const tokens = await Promise.all([kiosk.accessToken(), kiosk.accessToken(), kiosk.accessToken()]);
  assert.equal(new Set(tokens).size, 1);
  assert.equal(messages(), 1, 'nobody was sent a code');
  assert.equal(countOf(network.requests, 'ConfirmDevice'), 1, 'it is the same device');
  kiosk.session.close();
});

test('while the network is away it works as long as its token, tells so after that, and goes on without a sign-in', async () => {
  const kiosk = await setUp();
  const token = await kiosk.accessToken();
  network.isUp = false;
  await clock.advance(HOUR / 2);
  assert.equal(await kiosk.accessToken(), token);
  await clock.advance(2 * HOUR, untilDone);
  await assert.rejects(kiosk.accessToken(), { code: 'NETWORK_FAILED' });
  assert.equal(kiosk.session.getSnapshot().status, 'signed-in');

  // The timer finds the network by itself
  network.isUp = true;
  events = [];
  await clock.advance(60_000, untilDone);
  assert.deepEqual(events, ['refreshed']);
  assert.notEqual(await kiosk.accessToken(), token);
  kiosk.session.close();
});

test('a restart without the network goes on with the kept token', async () => {
  const before = await setUp();
  const token = await before.accessToken();
  before.session.close();
  network.isUp = false;
  const after = restart();
  assert.equal(await after.accessToken(), token);
  after.session.close();
});

test('a device that an administrator has forgotten needs a person once, and the next one is kept', async () => {
  const kiosk = await setUp();
  const accessToken = await kiosk.accessToken();
  const { key: deviceKey } = await kiosk.session.store.device('kiosk-7');
  await forgetDevice(pool, { accessToken, deviceKey }, { fetch: local.fetch });
  events = [];
  await clock.advance(HOUR, untilDone);
  await assert.rejects(kiosk.accessToken(), PersonNeeded);
  assert.ok(events.includes('signed-out'), 'the refresh token has ended with the device');
  assert.equal((await kiosk.session.store.device('kiosk-7'))?.key, undefined, 'it is not offered again');

  await kiosk.setUp(codeOfMessage);
  assert.match(await kiosk.accessToken(), /^eyJ/);
  kiosk.session.close();
  const sent = messages();
  await clock.advance(31 * DAY);
  const later = restart();
  assert.match(await later.accessToken(), /^eyJ/);
  assert.equal(messages(), sent);
  later.session.close();
});
