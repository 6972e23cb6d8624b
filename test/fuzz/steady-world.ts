/** Randomness, time and secrets that are the same in every run, so that a seed always gives the same cases. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import type { UserPoolOptions } from '../../pool/src/index.ts';

export const TIME = Date.UTC(2026, 10, 27, 12, 0, 0);

/** What no error may show. */
export const PASSWORD = 'Zq-Secret-Horse-9';
export const CLIENT_SECRET = 'zq-client-secret-of-the-fuzzing';

/** @returns bytes that depend on the label and on how many were drawn before */
export function steadyRng(label: string): (length: number) => Uint8Array {
  let count = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      const block = createHash('sha256').update(`${label} ${count}`).digest();
      bytes.set(block.subarray(0, Math.min(32, length - at)), at);
      count += 1;
    }
    return bytes;
  };
}

/** Makes the keys that pools sign with, because each pool would make its own, which takes as long as many cases. */
export function makeSigningKeys(): NonNullable<UserPoolOptions['signingKeys']> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateJwk = { ...privateKey.export({ format: 'jwk' }) };
  return [
    { use: 'id', kid: 'fuzz-id', privateJwk },
    { use: 'access', kid: 'fuzz-access', privateJwk },
  ];
}

/** Replaces what depends on the keys that a pool has made for itself: the headers and the signatures of its tokens. */
export const withSteadyTokens = (text: string): string =>
  text.replace(/eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+/g, (_, payload: string) => {
    const { at_hash: _hash, ...claims } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const parts = [
      JSON.stringify({ alg: 'RS256', kid: 'fuzz' }),
      JSON.stringify(claims),
      'a signature that is the same',
    ];
    return parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
  });
