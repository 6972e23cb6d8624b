/**
 * A client that signs in by SRP and computes next to nothing, so that the pool is what a bench measures.
 *
 * The pool of `server.mjs` always answers with the same b. So with the same a, B, u, S and K are the same in every
 * sign-in of a user, and they are computed once. Only the HMAC of the answer is new, as SECRET_BLOCK and TIMESTAMP are.
 */
import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';

const g = 2n;
const a = 0x5f3759df_9e3779b9_7f4a7c15_f39cc060n;

export function power(base, exponent, N) {
  let result = 1n;
  for (let square = base % N, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % N) {
    if (rest & 1n) result = (result * square) % N;
  }
  return result;
}

/** Java's BigInteger.toByteArray. */
function javaBytes(n) {
  const digits = n.toString(16);
  const bytes = Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
  return bytes[0] > 0x7f ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const hmac = (key, ...parts) => createHmac('sha256', key).update(Buffer.concat(parts)).digest();
const number = (bytes) => BigInt(`0x${bytes.toString('hex')}`);

/** `Fri Nov 27 12:00:00 UTC 2026` */
function timestamp(date) {
  const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

/**
 * Sends operations to a pool, over its own connection or over a new one for each.
 *
 * @param keepAlive whether the connection is kept
 */
export function connect(endpoint, keepAlive = true) {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  const send = (operation, input) =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        // The pool checks no signature, only its form
        authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/local/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      };
      const outgoing = request({ hostname, port, method: 'POST', path: '/', agent, headers }, (incoming) => {
        const chunks = [];
        incoming.on('data', (chunk) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (incoming.statusCode === 200) resolve(text === '' ? {} : JSON.parse(text));
          else reject(new Error(`${operation}: ${incoming.statusCode} ${text.slice(0, 200)}`));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(JSON.stringify(input));
    });
  return { send, close: () => agent.destroy() };
}

/** Makes a function that signs users in. What it computes for one user, it computes once. */
export function createSignIn(N, poolName, clientId = 'web') {
  const k = number(sha256(javaBytes(N), Buffer.of(2)));
  const SRP_A = power(g, a, N).toString(16);
  const keys = new Map();
  const keyOf = (password, { SALT, SRP_B, USER_ID_FOR_SRP: user }) => {
    const known = keys.get(`${user} ${SALT} ${SRP_B}`);
    if (known) return known;
    const B = BigInt(`0x${SRP_B}`);
    const u = number(sha256(javaBytes(BigInt(`0x${SRP_A}`)), javaBytes(B)));
    const x = number(
      sha256(javaBytes(BigInt(`0x${SALT}`)), sha256(Buffer.from(`${poolName}${user}:${password}`))),
    );
    const base = (((B - k * power(g, x, N)) % N) + N) % N;
    const S = power(base, a + u * x, N);
    const key = hmac(hmac(javaBytes(u), javaBytes(S)), Buffer.from('Caldera Derived Key\x01')).subarray(
      0,
      16,
    );
    keys.set(`${user} ${SALT} ${SRP_B}`, key);
    return key;
  };
  return async ({ send }, username, password) => {
    const { ChallengeParameters: parameters } = await send('InitiateAuth', {
      ClientId: clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: username, SRP_A },
    });
    const TIMESTAMP = timestamp(new Date());
    const { USER_ID_FOR_SRP, SECRET_BLOCK } = parameters;
    const message = [
      Buffer.from(poolName + USER_ID_FOR_SRP),
      Buffer.from(SECRET_BLOCK, 'base64'),
      Buffer.from(TIMESTAMP),
    ];
    const { AuthenticationResult } = await send('RespondToAuthChallenge', {
      ClientId: clientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: hmac(keyOf(password, parameters), ...message).toString('base64'),
        TIMESTAMP,
      },
    });
    if (typeof AuthenticationResult?.AccessToken !== 'string') throw new Error('no tokens');
    return AuthenticationResult;
  };
}
