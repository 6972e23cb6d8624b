/** Powers modulo N by OpenSSL, which takes about a third of the time of `bigint`. It needs Node. */
import { createDiffieHellman } from 'node:crypto';
import { createSrpHost, g, N, type Powers, type SrpHost } from '../domain/srp-host.ts';
import { type Arithmetic, bigintPowers, runBy } from './arithmetic.ts';

const hexOf = (n: bigint): string => {
  const digits = n.toString(16);
  return digits.length % 2 === 0 ? digits : `0${digits}`;
};

/** A shared secret of Diffie-Hellman is the other's key to the power of one's own. */
export function opensslPowers(): Powers {
  const exchange = createDiffieHellman(hexOf(N), 'hex', hexOf(g), 'hex');
  const of: Powers['of'] = (base, exponent) => {
    try {
      exchange.setPrivateKey(hexOf(exponent), 'hex');
      return BigInt(`0x${exchange.computeSecret(hexOf(base), 'hex', 'hex')}`);
    } catch {
      // OpenSSL takes no exponent of 0 and no base of 0, 1 or N − 1. It makes no difference which of its errors it was
      return bigintPowers.of(base, exponent);
    }
  };
  return { of, ofG: (exponent) => of(g, exponent) };
}

export const createOpensslHost = (): SrpHost => createSrpHost(opensslPowers());

/** Runs each calculation at once by OpenSSL, in the thread that asks for it. */
export const inThisThreadByOpenssl = (): Arithmetic => runBy(createOpensslHost());
