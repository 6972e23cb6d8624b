/** The passkey of the name field is offered for as long as the first form is shown, and never disturbs another sign-in. */
import { createSignInFlow, type PasskeyOfferRequest } from '../../src/flow/index.ts';
import type { ChallengeName } from '../../src/index.ts';
import { CASES, type Case, PASSWORD } from '../cognito/challenge-cases.ts';
import { flowWorld, inState, password, until } from './flow-world.ts';

const tick = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
const base64url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url');

/** A browser that shows the offer until `choose` is called, and what it was asked. */
function browser() {
  const requests: PasskeyOfferRequest[] = [];
  let choose: (credential: object | null) => void = () => {};
  const ask = (request: PasskeyOfferRequest) =>
    new Promise<object | null>((resolve, reject) => {
      requests.push(request);
      choose = resolve;
      request.signal.addEventListener('abort', () => reject(request.signal.reason));
    });
  return { requests, ask, choose: (credential: object | null) => choose(credential) };
}

async function world() {
  const page = browser();
  const made = await flowWorld(CASES.WEB_AUTHN as Case<ChallengeName>);
  const assertion = () => {
    const { publicKey } = page.requests.at(-1) ?? ({} as PasskeyOfferRequest);
    const rpId = publicKey.rpId ?? 'localhost';
    return made.authenticator.get({ challenge: base64url(publicKey.challenge), rpId });
  };
  return { ...made, page, assertion };
}

test('the passkey that the user chooses signs in', async () => {
  const { flow, page, assertion } = await world();
  const end = flow.offerPasskey('alice', page.ask);
  await until(() => page.requests.length === 1);
  expect(page.requests).toMatchObject([{ mediation: 'conditional' }]);
  expect(flow.getSnapshot().status).toBe('idle');
  page.choose(assertion());
  await until(() => flow.getSnapshot().status === 'signed-in');
  expect(inState(flow, 'signed-in').username).toBe('alice');
  end();
});

test('the offer ends when a password is used, and is made again when that fails', async () => {
  const { flow, page } = await world();
  const end = flow.offerPasskey('alice', page.ask);
  await until(() => page.requests.length === 1);
  await flow.start({ ...password, password: 'wrong' });
  expect(page.requests[0]?.signal.aborted).toBe(true);
  await until(() => page.requests.length === 2);
  await flow.start({ ...password, password: PASSWORD });
  await tick(20);
  expect(page.requests.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  flow.restart();
  await until(() => page.requests.length === 3);
  end();
  expect(page.requests[2]?.signal.aborted).toBe(true);
  flow.restart();
  await tick(20);
  expect(page.requests).toHaveLength(3);
});

test('a challenge that is about to expire is replaced, and the offer stays', async () => {
  // Each look at this clock is three minutes later, until the first offer is there: it has ended by then, and the next one lasts
  let jump = 180_000;
  let ms = Date.now();
  const { page, client, options, sent } = await world();
  const now = () => {
    ms += jump;
    return ms;
  };
  const flow = createSignInFlow(client, {}, { ...options, now });
  const end = flow.offerPasskey('alice', (request) => {
    jump = 0;
    return page.ask(request);
  });
  await until(() => page.requests.length === 2);
  expect(page.requests.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  expect(sent).toEqual(['InitiateAuth', 'InitiateAuth']);
  end();
});

test('a user without a passkey sees no offer, and the form works', async () => {
  const page = browser();
  const { flow, sent } = await flowWorld({ options: { users: [{ username: 'alice', password: PASSWORD }] } });
  const end = flow.offerPasskey('alice', page.ask);
  await until(() => sent.length === 1);
  await tick(20);
  expect(page.requests).toEqual([]);
  expect(flow.getSnapshot()).toEqual({ status: 'idle' });
  expect((await flow.start(password)).status).toBe('signed-in');
  end();
});

test('a wrong passkey fails like a wrong password', async () => {
  const { flow, page, authenticator } = await world();
  const end = flow.offerPasskey('alice', page.ask);
  await until(() => page.requests.length === 1);
  page.choose(authenticator.get({ challenge: 'AAAA', rpId: 'localhost' }));
  await until(() => flow.getSnapshot().status === 'failed');
  expect(inState(flow, 'failed')).toMatchObject({ username: 'alice', error: { recovery: 'start-again' } });
  end();
});

test('a user who closes the offer sees no error', async () => {
  const { flow, page } = await world();
  const end = flow.offerPasskey('alice', page.ask);
  await until(() => page.requests.length === 1);
  page.choose(null);
  await tick(20);
  expect(flow.getSnapshot()).toEqual({ status: 'idle' });
  end();
});

test('the offer comes back after a failure that passes', async () => {
  const { page, client, options, sent } = await world();
  const setLater = globalThis.setTimeout;
  globalThis.setTimeout = ((run: () => void, ms = 0) =>
    setLater(run, ms === 30_000 ? 1 : ms)) as typeof setTimeout;
  try {
    let failures = 2;
    const fetch: typeof options.fetch = async (url, init) => {
      failures -= 1;
      if (failures >= 0) throw new TypeError('Failed to fetch');
      return (options.fetch as NonNullable<typeof options.fetch>)(url, init);
    };
    const flow = createSignInFlow(client, {}, { ...options, fetch, maxAttempts: 1 });
    const end = flow.offerPasskey('alice', page.ask);
    await until(() => page.requests.length === 1);
    expect(flow.getSnapshot()).toEqual({ status: 'idle' });
    expect(sent).toEqual(['InitiateAuth']);
    end();
  } finally {
    globalThis.setTimeout = setLater;
  }
});
