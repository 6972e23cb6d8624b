/**
 * Computes random handshakes by three codes: the package over bigint, the package over jsbn, and AuthenticationHelper of
 * amazon-cognito-identity-js.
 */
import { createHash, createHmac } from 'node:crypto';
import helperModule from 'amazon-cognito-identity-js/lib/AuthenticationHelper.js';
import integerModule from 'amazon-cognito-identity-js/lib/BigInteger.js';
import jsbn from 'jsbn';
import { N } from '../support/group.ts';
import type { Answer, Handshake } from './engine.ts';

/** Node gives a CommonJS module as the default, Babel's readers its member of that name. */
const defaultOf = <T>(module: { readonly default: T } | T): T =>
  (module as { readonly default?: T }).default ?? (module as T);
const AuthenticationHelper = defaultOf(helperModule);
const IdentityBigInteger = defaultOf(integerModule);
type IdentityBigInteger = InstanceType<typeof IdentityBigInteger>;

/** Bytes that follow from a seed alone. */
export type Draw = (length: number) => Buffer;

export function createDraw(seed: string): Draw {
  let counter = 0;
  let pool = Buffer.alloc(0);
  return (length) => {
    while (pool.length < length) {
      pool = Buffer.concat([pool, createHmac('sha256', seed).update(String(counter++)).digest()]);
    }
    const taken = pool.subarray(0, length);
    pool = pool.subarray(length);
    return taken;
  };
}

const number = (bytes: Uint8Array) => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);

const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'ABCxyz!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ ',
  'äöüßéèñçøåłőşğıæœÿþ',
  'абвгдеёжзийклмнопрст',
  '用户密码登录名字你好世界',
  'مرحبابالعالم',
  '😀🔑🧷👩‍🚀🏴‍☠️𝔘𝔫𝔦',
  // Letters whose composed and decomposed forms differ: no implementation may normalise them
  'e\u0301a\u0308n\u0303\u212b\ufb01\u00c5',
];

function word(draw: Draw, min: number, max: number): string {
  const [pick = 0, length = 0] = draw(2);
  const letters = [...(ALPHABETS[pick % ALPHABETS.length] ?? 'x')];
  const count = min + (length % (max - min + 1));
  return Array.from(draw(count), (byte) => letters[byte % letters.length]).join('');
}

function timestamp(draw: Draw): string {
  // Up to the year 2106
  const [weekday, day, month, year, time] = new Date(Number(number(draw(4))) * 1000)
    .toUTCString()
    .replace(',', '')
    .split(' ');
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

export function drawHandshake(draw: Draw): Handshake {
  // One salt in four is shorter than 16 bytes
  const [saltCut = 0] = draw(1);
  const salt = number(draw(16)) >> (saltCut < 64 ? BigInt(saltCut % 24) : 0n);
  return {
    poolName: draw(9).toString('base64').replace(/[+/=]/g, '0').slice(0, 9),
    username: word(draw, 1, 40),
    password: word(draw, 6, 60),
    a: number(draw(32)).toString(16),
    SRP_B: ((number(draw(400)) % (N - 1n)) + 1n).toString(16),
    SALT: salt.toString(16),
    SECRET_BLOCK: draw(48).toString('base64'),
    TIMESTAMP: timestamp(draw),
  };
}

/** A = g^a mod N is not needed to know u: the same handshake with an SRP_B for which u begins as wanted. */
export function withU(
  handshake: Handshake,
  SRP_A: string,
  draw: Draw,
  wanted: (u: Uint8Array) => boolean,
): Handshake {
  for (;;) {
    const B = (number(draw(400)) % (N - 1n)) + 1n;
    const SRP_B = B.toString(16);
    const u = createHash('sha256').update(javaBytes(SRP_A)).update(javaBytes(SRP_B)).digest();
    if (wanted(u)) return { ...handshake, SRP_B };
  }
}

function javaBytes(hex: string): Buffer {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

/** x of a handshake, apart from the package. */
export function privateKeyOf({ poolName, username, password, SALT }: Handshake): bigint {
  const inner = createHash('sha256').update(`${poolName}${username}:${password}`, 'utf8').digest();
  return number(createHash('sha256').update(javaBytes(SALT)).update(inner).digest());
}

/** k = H(PAD(N) | PAD(g)) of Cognito's group. */
export const K_OF_SRP6A = 0x538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6n;

/** base^exponent mod N, apart from the package. */
export function modPow(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % N;
    if (bit === '1') result = (result * base) % N;
  }
  return result;
}

/** S = (B - k·g^x)^(a + u·x) of a handshake, apart from the package. */
export function sharedSecretOf(handshake: Handshake): bigint {
  const [a, B] = [BigInt(`0x${handshake.a}`), BigInt(`0x${handshake.SRP_B}`)];
  const x = privateKeyOf(handshake);
  const SRP_A = modPow(2n, a).toString(16);
  const u = number(createHash('sha256').update(javaBytes(SRP_A)).update(javaBytes(handshake.SRP_B)).digest());
  const base = (((B - K_OF_SRP6A * modPow(2n, x)) % N) + N) % N;
  return modPow(base, a + u * x);
}

/** What of AuthenticationHelper is used here. */
interface Helper {
  poolName: string;
  smallAValue: IdentityBigInteger;
  largeAValue: IdentityBigInteger | undefined;
  readonly getLargeAValue: (callback: (error: unknown, A: IdentityBigInteger) => void) => void;
  readonly getPasswordAuthenticationKey: (
    username: string,
    password: string,
    B: IdentityBigInteger,
    salt: IdentityBigInteger,
    callback: (error: unknown, key: Uint8Array) => void,
  ) => void;
}

const helper = new AuthenticationHelper('x') as unknown as Helper;

/** The same handshake by amazon-cognito-identity-js, with its a set to ours. */
export function identityAnswer(handshake: Handshake): Answer {
  const { poolName, username, password, SECRET_BLOCK, TIMESTAMP } = handshake;
  helper.poolName = poolName;
  helper.smallAValue = new IdentityBigInteger(handshake.a, 16);
  helper.largeAValue = undefined;
  let SRP_A = '';
  helper.getLargeAValue((_error, A) => {
    SRP_A = A.toString(16);
  });
  let PASSWORD_CLAIM_SIGNATURE = '';
  helper.getPasswordAuthenticationKey(
    username,
    password,
    new IdentityBigInteger(handshake.SRP_B, 16),
    new IdentityBigInteger(handshake.SALT, 16),
    (_error, key) => {
      // As in its CognitoUser
      const message = Buffer.concat([
        Buffer.from(poolName, 'utf8'),
        Buffer.from(username, 'utf8'),
        Buffer.from(SECRET_BLOCK, 'base64'),
        Buffer.from(TIMESTAMP, 'utf8'),
      ]);
      PASSWORD_CLAIM_SIGNATURE = createHmac('sha256', key).update(message).digest('base64');
    },
  );
  return { SRP_A, PASSWORD_CLAIM_SIGNATURE };
}

/** An integer class with a modPow: jsbn's, and identity-js' copy of it. */
interface Integer {
  readonly mod: (m: Integer) => Integer;
  readonly toString: (radix: number) => string;
}
type Power = (
  this: Integer,
  e: Integer,
  m: Integer,
  callback?: (error: null, result: Integer) => void,
) => Integer | undefined;

/**
 * jsbn and identity-js have the same modPow, and it is nearly all of the time. While `run` runs, one of
 * the two computes a power and the other takes its result, if base, exponent and modulus are the very
 * same numbers; a formula that differs asks for other numbers and computes them.
 */
export function sharingPowers<T>(run: () => T): T {
  const results = new Map<string, string>();
  const classes = [jsbn.BigInteger, IdentityBigInteger] as unknown as {
    new (hex: string, radix: number): Integer;
    prototype: { modPow: Power };
  }[];
  const originals = classes.map(({ prototype }) => prototype.modPow);
  classes.forEach((Class, i) => {
    Class.prototype.modPow = function modPow(e, m, callback) {
      const key = [this.mod(m), e, m].map((n) => n.toString(16)).join();
      const known = results.get(key);
      let result = known === undefined ? undefined : new Class(known, 16);
      // identity-js' needs a callback and need not return the result
      result ??= (originals[i] as Power).call(this, e, m, (_error, given) => {
        result = given;
      });
      if (result === undefined) throw new Error('No power');
      results.set(key, result.toString(16));
      callback?.(null, result);
      return result;
    };
  });
  try {
    return run();
  } finally {
    classes.forEach((Class, i) => {
      Class.prototype.modPow = originals[i] as Power;
    });
  }
}

type Compute = (handshake: Handshake) => Answer;
export interface Engines {
  readonly native: Compute;
  readonly jsbn: Compute;
}

/** The first implementation that disagrees with bigint's answer, or undefined. */
export function disagreement(
  handshake: Handshake,
  engines: Engines,
  index: number,
  share: boolean,
): string | undefined {
  const expected = JSON.stringify(engines.native(handshake));
  const others: [string, Compute][] = [
    ['jsbn', engines.jsbn],
    ['amazon-cognito-identity-js', identityAnswer],
  ];
  // By turns, so that each one's own modPow is used
  if (index % 2 === 1) others.reverse();
  const compare = () => others.find(([, compute]) => JSON.stringify(compute(handshake)) !== expected)?.[0];
  return share ? sharingPowers(compare) : compare();
}
