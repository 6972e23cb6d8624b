/** The tokens that `npm run test:verifiers` shows to each library, and whether it has to accept them. */
import { createSecretKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';

const PASSWORD = 'Correct-Horse-9';
export const USER = { username: 'alice', password: PASSWORD };
export const CLIENT_ID = 'web';
export const FOREIGN_CLIENT_ID = 'another';
const USES = ['access', 'id'];
const HOUR_MS = 3_600_000;

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {'access' | 'id'} use what kind of token the verifier expects
 * @property {string} token
 * @property {import('./verifiers-refusals.mjs').Fault} [fault] what is wrong with it, so the verifier has to refuse it. A token without
 *   a fault has to be accepted.
 */

/**
 * @typedef {object} Pool
 * @property {string} endpoint
 * @property {string} userPoolId
 * @property {(options: object) => Promise<{ accessToken: string, idToken: string }>} issueTokens without a sign-in
 */

/**
 * @param {Pool} pool whose tokens are tried
 * @param {Pool} other another pool, with a user and a client of the same names
 * @returns {Promise<{ cases: readonly Case[], sub: string }>} `sub` is that of the user, and what an accepted token says
 */
export async function makeCases(pool, other) {
  const keys = await fetchKeys(pool);
  const foreignKey = (await generateKeyPair('RS256')).privateKey;
  const [own, foreign, others] = await Promise.all([
    signIn(pool, CLIENT_ID),
    signIn(pool, FOREIGN_CLIENT_ID),
    signIn(other, CLIENT_ID),
  ]);
  const mint = async (options) => byUse(await pool.issueTokens(options));
  const minted = await mint({});
  // RFC 8707: the access token names the API that it is for, beside the client
  const scoped = await mint({
    scopes: ['openid', 'orders/read'],
    accessTokenClaims: { aud: 'https://orders.example' },
  });
  const expired = await mint({ issuedAt: Date.now() - 2 * HOUR_MS });
  const early = await mint({ notBefore: Date.now() + HOUR_MS, expiresIn: (2 * HOUR_MS) / 1000 });
  const ofOtherIssuer = await mint({
    claims: { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Another' },
  });
  const cases = await Promise.all(
    USES.map(async (use) => {
      const kind = use === 'access' ? 'an access token' : 'an ID token';
      const token = own[use];
      const key = keys.find(({ kid }) => kid === decodeProtectedHeader(token).kid);
      const refused = [
        ['use', 'for another use', own[use === 'access' ? 'id' : 'access']],
        ['expired', 'that has expired', expired[use]],
        ['early', 'that is not valid yet', early[use]],
        ['client', 'of a foreign client', foreign[use]],
        ['signature', 'with another payload', withGroup(token)],
        ['signature', 'with another signature', withOtherSignature(token)],
        ['unsigned', 'without a signature, alg none', withoutSignature(token)],
        ['hmac', 'with an HMAC by the public key', await signWithPublicKey(token, key)],
        [
          'signature',
          'signed by a foreign key with the kid of the pool',
          await signAnew(token, foreignKey, key.kid),
        ],
        [
          'key',
          'signed by a foreign key with a kid of its own',
          await signAnew(token, foreignKey, 'foreign'),
        ],
        ['issuer', 'of another issuer', ofOtherIssuer[use]],
        ['pool', 'of another pool', others[use]],
      ];
      return [
        { name: `accepts ${kind} of a sign-in`, use, token },
        { name: `accepts ${kind} that was issued without a sign-in`, use, token: minted[use] },
        { name: `accepts ${kind} of OAuth scopes and a resource`, use, token: scoped[use] },
        ...refused.map(([fault, what, bad]) => ({ name: `refuses ${kind} ${what}`, use, token: bad, fault })),
      ];
    }),
  );
  return { cases: cases.flat(), sub: decodeJwt(own.id).sub };
}

async function post(url, headers, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${url}: HTTP ${response.status} ${await response.text()}`);
  return response.json();
}

async function fetchKeys({ endpoint, userPoolId }) {
  const response = await fetch(`${endpoint}/${userPoolId}/.well-known/jwks.json`);
  return (await response.json()).keys;
}

async function signIn({ endpoint }, clientId) {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
  };
  const { AuthenticationResult } = await post(endpoint, headers, {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: USER.username, PASSWORD },
  });
  return { access: AuthenticationResult.AccessToken, id: AuthenticationResult.IdToken };
}

/** Issues tokens without a sign-in, by a request. */
export const requestTokens = ({ endpoint, userPoolId }, options) =>
  post(`${endpoint}/_/tokens`, {}, { userPoolId, username: USER.username, clientId: CLIENT_ID, ...options });

const byUse = ({ accessToken, idToken }) => ({ access: accessToken, id: idToken });

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The user is in a group that the pool did not write. */
function withGroup(token) {
  const [header, , signature] = token.split('.');
  return [header, encode({ ...decodeJwt(token), 'cognito:groups': ['admin'] }), signature].join('.');
}

/** One bit of a byte in the middle differs. */
function withOtherSignature(token) {
  const [header, payload, signature] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[128] ^= 1;
  return [header, payload, bytes.toString('base64url')].join('.');
}

/** RFC 7519 §6: an unsecured JWT. It keeps the kid, so a verifier finds a key. */
function withoutSignature(token) {
  const header = { ...decodeProtectedHeader(token), alg: 'none' };
  return `${encode(header)}.${token.split('.')[1]}.`;
}

const signAnew = (token, privateKey, kid) =>
  new SignJWT(decodeJwt(token)).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);

/** RFC 8725 §2.1: a verifier that takes any algorithm would use the text of the public key as a shared secret. */
async function signWithPublicKey(token, jwk) {
  const secret = createSecretKey(await exportSPKI(await importJWK(jwk, 'RS256')), 'utf8');
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ kid: jwk.kid, alg: 'HS256' }).sign(secret);
}
