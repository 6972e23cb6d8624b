/**
 * The service's side of a sign-in, computed from the definition with bigint, % and Node's hashes, without src/. It checks
 * that what was timed is also right.
 */
import { createHash, createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';

const N_HEX =
  'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff';
export const N = BigInt(`0x${N_HEX}`);
export const POOL_NAME = 'AbCdEf123';
export const USER_POOL_ID = `eu-west-1_${POOL_NAME}`;

export function power(base, exponent, modulus = N) {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

const number = (bytes) => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
const random = (length) => number(randomBytes(length));
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** PAD: the bytes of Java's BigInteger.toByteArray(). */
export function pad(n) {
  const hex = n.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

const k = number(sha256(pad(N), pad(2n)));
const privateKey = (salt, identity, password) => number(sha256(salt, sha256(`${identity}:${password}`)));

/** Makes a random user, salt and B. */
export function createExchange() {
  const username = `user-${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('base64');
  const salt = random(16);
  const b = random(32);
  const v = power(2n, privateKey(pad(salt), POOL_NAME + username, password));
  const B = (k * v + power(2n, b)) % N;
  const SECRET_BLOCK = randomBytes(48).toString('base64');
  return {
    username,
    password,
    SALT: salt.toString(16),
    SRP_B: B.toString(16),
    SECRET_BLOCK,
    /**
     * @param keepsZeroByte whether the implementation keeps the zero byte of a u that begins with 00 and a byte below 80.
     *   Its signature is then wrong, once in 512 sign-ins
     * @throws Error unless the signature is the one that the password gives
     */
    verify({ SRP_A, TIMESTAMP, PASSWORD_CLAIM_SIGNATURE }, { keepsZeroByte = false } = {}) {
      const A = BigInt(`0x${SRP_A}`);
      const u = number(sha256(pad(A), pad(B)));
      const S = power((A * power(v, u)) % N, b);
      const K = Buffer.from(hkdfSync('sha256', pad(S), pad(u), 'Caldera Derived Key', 16));
      const expected = createHmac('sha256', K)
        .update(POOL_NAME + username)
        .update(Buffer.from(SECRET_BLOCK, 'base64'))
        .update(TIMESTAMP)
        .digest('base64');
      const excused = keepsZeroByte && u < 1n << 247n;
      if (expected !== PASSWORD_CLAIM_SIGNATURE && !excused) throw new Error('A wrong signature');
    },
  };
}

/** Makes a device with random names in Cognito's format. */
export const createDevice = () => ({
  key: `eu-west-1_${randomUUID()}`,
  groupKey: `-${randomBytes(4).toString('hex')}`,
});

/** @throws Error unless v belongs to the password */
export function verifyDevice({ groupKey, key }, { password, salt, verifier }) {
  const x = privateKey(pad(number(salt)), groupKey + key, password);
  if (power(2n, x) !== number(verifier)) throw new Error('A wrong device verifier');
}

const jwt = (claims) =>
  ['{"alg":"none"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

/** Makes a `fetch` that answers a sign-in at once and keeps what it was sent, and gives the access token of its answer. */
export function createStub({ username, SALT, SRP_B, SECRET_BLOCK }) {
  const seen = {};
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: 'sub', username, 'cognito:username': username, iat, auth_time: iat, exp: iat + 3600 };
  const AuthenticationResult = {
    AccessToken: jwt({ ...claims, token_use: 'access' }),
    IdToken: jwt({ ...claims, token_use: 'id' }),
    RefreshToken: 'refresh',
    ExpiresIn: 3600,
    TokenType: 'Bearer',
  };
  const fetch = async (_url, init) => {
    const body = JSON.parse(typeof init.body === 'string' ? init.body : new TextDecoder().decode(init.body));
    const answersChallenge = 'ChallengeResponses' in body;
    if (answersChallenge) Object.assign(seen, body.ChallengeResponses);
    else seen.SRP_A = body.AuthParameters?.SRP_A;
    const reply = answersChallenge
      ? { AuthenticationResult, ChallengeParameters: {} }
      : {
          ChallengeName: 'PASSWORD_VERIFIER',
          Session: 'session',
          ChallengeParameters: {
            SALT,
            SRP_B,
            SECRET_BLOCK,
            USERNAME: username,
            USER_ID_FOR_SRP: username,
          },
        };
    return new Response(JSON.stringify(reply), {
      headers: { 'content-type': 'application/x-amz-json-1.1' },
    });
  };
  return { fetch, seen, accessToken: AuthenticationResult.AccessToken };
}

/** Makes one Response before the measurements, because Node compiles Response with the first one. */
export const warmUp = async () => JSON.parse(await new Response('{}').text());
