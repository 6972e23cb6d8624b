/**
 * The SRP group: N, g, k, H and PAD (RFC 5054 §2.5.3, §2.6).
 *
 * Cognito's group is the 3072-bit MODP group of RFC 3526 §4. It differs from RFC 5054 in two ways:
 *   - g is 2, and RFC 5054's 3072-bit group has g = 5.
 *   - PAD is Java's `BigInteger.toByteArray()`, and RFC 5054 left-pads to the length of N.
 */
import { type BigInteger, fromBytes, fromHex, powersModulo, toByteArray } from '#big-integer';
import type { Powers } from './big-integer.ts';
import { type Hash, sha256 } from './hash.ts';
import { checkRuntime } from './runtime.ts';

/** The numbers and functions that every formula of this folder is computed with. */
export interface Group {
  /** A safe prime. */
  readonly N: BigInteger;
  /** The generator. */
  readonly g: BigInteger;
  /** The multiplier, k = H(PAD(N) | PAD(g)). */
  readonly k: BigInteger;
  readonly H: Hash;
  readonly PAD: (n: BigInteger) => Uint8Array;
  /** Powers modulo N. */
  readonly power: Powers<BigInteger>;
}

/** The prime of RFC 3526 §4, the 3072-bit MODP group. RFC 5054 Appendix A has the same. */
const N_3072 =
  'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74' +
  '020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437' +
  '4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
  'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05' +
  '98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb' +
  '9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b' +
  'e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718' +
  '3995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33' +
  'a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7' +
  'abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864' +
  'd87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e2' +
  '08e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff';

/** Makes a group, and computes its multiplier. */
export function createGroup(N: BigInteger, g: BigInteger, H: Hash, PAD: Group['PAD']): Group {
  // k = H(PAD(N) | PAD(g))
  const k = fromBytes(H(PAD(N), PAD(g)));
  return { N, g, k, H, PAD, power: powersModulo(N, g) };
}

let cognito: Group | undefined;

/**
 * The group that every Cognito user pool uses, with SHA-256.
 *
 * It is a constant, so it is created at the first call and kept. The table of powers of g is its largest part, 25 KB.
 * With the table, A and v of the first sign-in take a third fewer products than without it, and those of every later
 * sign-in three quarters fewer.
 *
 * @throws ArgumentError RUNTIME_INCOMPLETE
 */
export function cognitoGroup(): Group {
  cognito ??= createCognitoGroup();
  return cognito;
}

function createCognitoGroup(): Group {
  checkRuntime();
  return createGroup(fromHex(N_3072), fromHex('2'), sha256, toByteArray);
}
