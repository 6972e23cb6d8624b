/** The codes that the engine is compared with inside other runtimes. Each uses the HMAC of the engine. */
import Helper from 'amazon-cognito-identity-js/es/AuthenticationHelper.js';
import Integer from 'amazon-cognito-identity-js/es/BigInteger.js';
import { formatTimestamp } from 'cognito-srp-engine';
import { fromHex } from '../../src/srp/big-integer.native.ts';
import {
  passwordClaimSignature,
  privateKey,
  scramblingParameter,
  sessionKey,
} from '../../src/srp/formulas.ts';
import { cognitoGroup } from '../../src/srp/group.ts';

const POOL_NAME = 'AbCdEf123';

const signed = (exchange, SRP_A, K) => {
  const TIMESTAMP = formatTimestamp(Date.now());
  const I = POOL_NAME + exchange.username;
  return {
    SRP_A,
    TIMESTAMP,
    PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(K, I, exchange.SECRET_BLOCK, TIMESTAMP),
  };
};

/** amazon-cognito-identity-js' own AuthenticationHelper, with its 1024-bit a. */
export function jsbnSignIn({ exchange }) {
  const helper = new Helper(POOL_NAME);
  let [SRP_A, K] = ['', undefined];
  helper.getLargeAValue((error, A) => {
    if (error) throw error;
    SRP_A = A.toString(16);
  });
  helper.getPasswordAuthenticationKey(
    exchange.username,
    exchange.password,
    new Integer(exchange.SRP_B, 16),
    new Integer(exchange.SALT, 16),
    (error, key) => {
      if (error) throw error;
      K = Uint8Array.from(key);
    },
  );
  return signed(exchange, SRP_A, K);
}

/** Plain bigint: square and multiply with %, the same 256-bit a. */
export function plainSignIn({ exchange, rng }) {
  const group = cognitoGroup();
  const { N, g, k, PAD } = group;
  const power = (base, exponent) => {
    let result = BigInt(1);
    for (const bit of exponent.toString(2)) {
      result = (result * result) % N;
      if (bit === '1') result = (result * base) % N;
    }
    return result;
  };
  const bytes = rng ? rng(32) : crypto.getRandomValues(new Uint8Array(32));
  const a = fromHex(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
  const A = power(g, a);
  const B = fromHex(exchange.SRP_B);
  const u = scramblingParameter(group, A, B);
  const salt = PAD(fromHex(exchange.SALT));
  const x = privateKey(group, salt, POOL_NAME + exchange.username, exchange.password);
  const base = (((B - k * power(g, x)) % N) + N) % N;
  const S = power(base, a + u * x);
  return signed(exchange, A.toString(16), sessionKey(group, S, u));
}
