/**
 * Runs inside each engine: the known answers through the public API, a sign-in against a stub, and the bench. It uses
 * only the language and the package. The host checks the answers whose right value is not known here.
 *
 * The host defines `host`: { input, report(result) }.
 */
import * as engine from 'cognito-srp-engine';
import { jsbnSignIn, plainSignIn } from './peers-in-engine.js';

const USER_POOL_ID = 'eu-west-1_AbCdEf123';

function bytesOf(hex, length) {
  const digits = hex.padStart(2 * length, '0');
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** One case of vectors/cognito-srp.json; `now` is its TIMESTAMP in milliseconds. */
function corpusCase(c) {
  // One case has an official client's 1024-bit a, which generateEphemeral does not draw
  const ephemeral =
    c.a.length > 64
      ? { SRP_A: c.SRP_A, a: () => c.a }
      : engine.generateEphemeral((length) => bytesOf(c.a, length));
  const parameters = { SALT: c.SALT, SRP_B: c.SRP_B, SECRET_BLOCK: c.SECRET_BLOCK };
  const { now, password } = c;
  const answer =
    c.kind === 'device'
      ? engine.devicePasswordVerifierResponses(ephemeral, parameters, {
          username: 'u',
          device: { key: c.deviceKey, groupKey: c.deviceGroupKey, password },
          now,
        })
      : engine.passwordVerifierResponses(
          ephemeral,
          { ...parameters, USER_ID_FOR_SRP: c.userIdForSrp },
          { userPoolId: `eu-west-1_${c.poolName}`, password, now },
        );
  const wrong = ['TIMESTAMP', 'PASSWORD_CLAIM_SIGNATURE'].filter((name) => answer[name] !== c[name]);
  if (ephemeral.SRP_A !== c.SRP_A) wrong.push('SRP_A');
  return wrong.map((name) => `${c.title}: ${name}`);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** The reply the stub gives, and what it saw. Its fetch answers after `latencyMs`, as a network would: in another task. */
function stub({ username, SALT, SRP_B, SECRET_BLOCK }, latencyMs) {
  const seen = {};
  const transport = async (operation, input) => {
    if (operation === 'InitiateAuth') {
      seen.SRP_A = input.AuthParameters.SRP_A;
      const ChallengeParameters = {
        SALT,
        SRP_B,
        SECRET_BLOCK,
        USERNAME: username,
        USER_ID_FOR_SRP: username,
      };
      return { ChallengeName: 'PASSWORD_VERIFIER', Session: 'session', ChallengeParameters };
    }
    Object.assign(seen, input.ChallengeResponses);
    return {
      AuthenticationResult: { AccessToken: 'a', IdToken: 'i', RefreshToken: 'r', ExpiresIn: 3600 },
    };
  };
  const fetch = async (_url, init) => {
    if (latencyMs) await pause(latencyMs);
    const operation = /\.(\w+)$/.exec(new Headers(init.headers).get('X-Amz-Target'))[1];
    return new Response(JSON.stringify(await transport(operation, JSON.parse(init.body))));
  };
  return { seen, transport, fetch };
}

async function signIn({ exchange, rng, latencyMs }) {
  const { seen, transport, fetch } = stub(exchange, latencyMs);
  const carrier = typeof Response === 'function' ? { fetch } : { transport };
  const step = await engine.signIn(
    { userPoolId: USER_POOL_ID, clientId: '4h57kpqgh2sd8example' },
    { username: exchange.username, password: exchange.password },
    rng ? { ...carrier, rng } : carrier,
  );
  return { status: step.status, seen };
}

function engineCryptography({ exchange, rng }) {
  const ephemeral = engine.generateEphemeral(rng);
  const { SALT, SRP_B, SECRET_BLOCK, username, password } = exchange;
  const responses = engine.passwordVerifierResponses(
    ephemeral,
    { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP: username },
    { userPoolId: USER_POOL_ID, password, now: Date.now() },
  );
  return { ...responses, SRP_A: ephemeral.SRP_A };
}

const SUBJECTS = { engine: engineCryptography, identityJs: jsbnSignIn, plain: plainSignIn };

/** Sign-ins of one subject before the next has its turn: as in bench/run.mjs. */
const IN_A_ROW = 3;

/** Cryptography of sign-ins in turn, so that what slows the machine slows all; answers for the host to check. */
function bench(context, rounds) {
  const clock = typeof performance === 'object' ? () => performance.now() : () => Date.now();
  const times = {};
  const answers = [];
  for (let round = 0; round < Math.max(...Object.values(rounds)); round += IN_A_ROW) {
    for (const name of Object.keys(rounds)) {
      times[name] = times[name] || [];
      for (let i = round; i < Math.min(round + IN_A_ROW, rounds[name]); i++) {
        const start = clock();
        const answer = SUBJECTS[name](context);
        times[name].push(clock() - start);
        answers.push(answer);
      }
    }
  }
  return { times, answers };
}

/** Counter bytes from a seed of the host, for engines without a source: each draw differs. Not secure. */
function seeded(seed) {
  let draws = 0;
  return (length) => {
    draws++;
    return Uint8Array.from({ length }, (_, i) => seed[(i + draws) % seed.length] ^ draws);
  };
}

async function run({ corpus, timestamps, exchange, seed, rounds, latencyMs }) {
  const context = { exchange, rng: seed && seeded(seed), latencyMs };
  const wrong = corpus.flatMap(corpusCase);
  for (const [now, text] of timestamps) {
    if (engine.formatTimestamp(now) !== text) wrong.push(`timestamp ${text}`);
  }
  const result = { cases: corpus.length + timestamps.length, wrong };
  // A page is loaded long before somebody signs in
  if (latencyMs) await pause(latencyMs);
  return { ...result, signIn: await signIn(context), ...(rounds && { bench: bench(context, rounds) }) };
}

const { input, report } = globalThis.host;
run(input).then(report, (error) => report({ error: `${error} ${error?.stack}` }));
