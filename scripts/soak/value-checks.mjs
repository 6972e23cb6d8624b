/** Checks what a call gave, beside how it ended: the values of its reply, and whether tokens are genuine and those of the user. */
import { createTokenVerifier } from '../../dist/esm/verify/index.js';
import { FlowEnded } from './expected-ends.mjs';
import { PLAIN, TRACKING } from './seed.mjs';

const CLIENTS = [
  { userPoolId: PLAIN, clientId: 'web' },
  { userPoolId: PLAIN, clientId: 'rotating' },
  { userPoolId: PLAIN, clientId: 'app' },
  { userPoolId: TRACKING, clientId: 'tracked' },
];

/**
 * Makes a verifier for each app client, once it has the keys of its pool.
 *
 * @returns {Promise<Map<string, import('cognito-srp-engine/verify').TokenVerifier>>} by client id
 */
export async function createVerifiers(endpoint, fetch) {
  const verifiers = CLIENTS.map((client) => [
    client.clientId,
    createTokenVerifier({ ...client, endpoint }, { fetch }),
  ]);
  for (const [, verifier] of verifiers) await fetchKeys(verifier);
  return new Map(verifiers);
}

/** jose waits five seconds for keys, which is too short for a busy machine. */
async function fetchKeys(verifier) {
  while (!verifier.keys()) {
    await verifier.fetchKeys().catch((error) => {
      if (error.code !== 'NETWORK_FAILED') throw error;
    });
  }
}

/** @param {object} tally keeps the wrong values. A flow ends with the first one. */
export function createChecks(verifiers, tally, flow) {
  const wrong = (what, expected, end) => {
    tally.wrong.push({ flow, what, expected: String(expected), end: String(end), faults: '', text: '' });
    throw new FlowEnded(what);
  };
  const same = (what, value, expected) => {
    if (value !== expected) wrong(what, expected, value);
  };
  return {
    same,
    different: (what, value, other) => {
      if (value === other) wrong(what, 'another value', 'the same');
    },
    tokens: async ({ accessToken, idToken }, username, clientId = 'web') => {
      const verifier = verifiers.get(clientId);
      let access;
      let id;
      try {
        access = await verifier.verify(accessToken, 'access');
        id = await verifier.verify(idToken, 'id');
      } catch (error) {
        wrong('the tokens can be verified', 'done', error.code ?? error.message);
      }
      same('the access token is that of the user', access.username, username);
      same('the ID token is that of the user', id['cognito:username'], username);
      same('both tokens are of the same sub', access.sub, id.sub);
    },
  };
}
