/** A storage over the cookies of one request and its response. Long values are split over several cookies. */
import type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import { mustBe } from '../errors.ts';
import { requireObject } from '../required-input.ts';
import { type CookieAttributes, encodeCookieName, percentEncode } from './cookie-header.ts';

/**
 * The cookies of one request and its response. The `cookies` of SvelteKit and what `await cookies()` of Next.js gives fit as they
 * are. {@link fetchCookies} and {@link nodeCookies} make one for other servers.
 */
export interface CookieJar {
  /** @param name the encoded name */
  readonly get: (name: string) => string | { readonly value: string } | undefined;
  /**
   * @param name the encoded name
   * @param value not encoded
   */
  readonly set: (name: string, value: string, attributes: CookieAttributes) => unknown;
}

/** How {@link cookieStorage} writes cookies. All members are optional. */
export interface CookieStorageOptions {
  /**
   * What stands before each name. `__Host-` makes browsers refuse such a cookie from another host or without TLS. Amplify does not
   * find cookies that have a prefix. Default: none.
   */
  readonly namePrefix?: '' | '__Host-' | '__Secure-' | undefined;
  /** Default `/`. */
  readonly path?: string | undefined;
  /** Default: the host that answers, without its subdomains. */
  readonly domain?: string | undefined;
  /** How long a browser keeps the cookies, in seconds. Default 30 days, which is the service's default for refresh tokens. */
  readonly maxAgeSeconds?: number | undefined;
  /** Whether scripts of the page cannot read the cookies. Default true. */
  readonly httpOnly?: boolean | undefined;
  /** Whether the cookies are sent over TLS alone. Default true. Chromium and Firefox take that on http://localhost, too. */
  readonly secure?: boolean | undefined;
  /** Default `lax`. With `strict` the request that a sign-in by redirect ends with would come without cookies. */
  readonly sameSite?: 'lax' | 'strict' | 'none' | undefined;
}

const THIRTY_DAYS = 30 * 24 * 60 * 60;

/** Browsers take 4096 bytes of name and value (RFC 6265bis). Some count the attributes, too. */
const LIMIT_BYTES = 3800;

/**
 * Creates a storage over cookies. The names are those of Amplify's adapter for Next.js, so that whoever has signed in through it
 * stays signed in. A value that is longer than a cookie can be is split over several, which Amplify does not find.
 *
 * What is stored belongs to the browser: its user can change it. Verify an access token before you rely on it.
 *
 * @param jar the cookies of the request and its response
 * @param options the attributes of the cookies
 * @returns the storage, for this request alone
 * @throws ArgumentError OPTION_INVALID
 * @example
 * ```ts
 * import { createUserStore, type UserPoolClient } from 'cognito-srp-engine';
 * import { cookieStorage, fetchCookies } from 'cognito-srp-engine/cookies';
 *
 * declare const pool: UserPoolClient;
 * declare const request: Request;
 *
 * const jar = fetchCookies(request);
 * const user = await createUserStore(cookieStorage(jar), pool).load();
 * const response = jar.addTo(new Response(`Hello, ${user?.username ?? 'stranger'}`));
 * console.log(response.status);
 * ```
 */
export function cookieStorage(jar: CookieJar, options: CookieStorageOptions = {}): KeyValueStorage {
  if (typeof jar?.get !== 'function' || typeof jar.set !== 'function') {
    throw mustBe('OPTION_INVALID', 'jar', 'an object with the methods get and set');
  }
  const attributes = readAttributes(requireObject(options, 'options'));
  const { namePrefix = '' } = options;
  const nameOf = (key: string): string => namePrefix + encodeCookieName(key);

  const read = (name: string): string | undefined => {
    const cookie = jar.get(name);
    return typeof cookie === 'object' ? cookie.value : cookie;
  };
  // Also a value that is there already, because its lifetime begins anew
  const write = (name: string, value: string): void => void jar.set(name, value, attributes);
  const remove = (name: string): void => {
    if (read(name) !== undefined) jar.set(name, '', { ...attributes, maxAge: 0 });
  };
  const removeParts = (name: string, from: number): void => {
    for (let index = from; read(partName(name, index)); index++) remove(partName(name, index));
  };

  return {
    getItem: (key) => {
      const name = nameOf(key);
      const value = read(name);
      const list = readPartList(value);
      return list ? joinParts(list, (index) => read(partName(name, index))) : value;
    },
    setItem: (key, value) => {
      const name = nameOf(key);
      if (name.length > LIMIT_BYTES / 2) {
        throw mustBe(
          'OPTION_INVALID',
          'key',
          'shorter: its name would leave no room in a cookie for a value',
        );
      }
      const parts = splitValue(value, LIMIT_BYTES - name.length);
      // A value that looks like a list of parts would be taken for one
      if (parts.length === 1 && !readPartList(value)) {
        write(name, value);
        return removeParts(name, 0);
      }
      const list = { count: parts.length, tag: tagOf(value) };
      write(name, formatPartList(list));
      for (const [index, part] of parts.entries()) write(partName(name, index), `${list.tag}:${part}`);
      return removeParts(name, parts.length);
    },
    removeItem: (key) => {
      const name = nameOf(key);
      remove(name);
      removeParts(name, 0);
    },
  };
}

function readAttributes(options: CookieStorageOptions): CookieAttributes {
  const { namePrefix = '', path = '/', domain, maxAgeSeconds = THIRTY_DAYS } = options;
  const { httpOnly = true, secure = true, sameSite = 'lax' } = options;
  for (const [field, value] of Object.entries({ httpOnly, secure })) {
    if (typeof value !== 'boolean') throw mustBe('OPTION_INVALID', field, 'a boolean');
  }
  if (!['', '__Host-', '__Secure-'].includes(namePrefix)) {
    throw mustBe('OPTION_INVALID', 'namePrefix', '"__Host-" or "__Secure-"');
  }
  if (typeof path !== 'string' || !/^\/[\w\-./~%]*$/.test(path)) {
    throw mustBe('OPTION_INVALID', 'path', 'a path, such as "/"');
  }
  if (domain !== undefined && (typeof domain !== 'string' || !/^[\w-]+(\.[\w-]+)*$/.test(domain))) {
    throw mustBe('OPTION_INVALID', 'domain', 'a host name');
  }
  if (!Number.isInteger(maxAgeSeconds) || maxAgeSeconds < 1) {
    throw mustBe('OPTION_INVALID', 'maxAgeSeconds', 'a whole number of seconds above 0');
  }
  if (!['lax', 'strict', 'none'].includes(sameSite)) {
    throw mustBe('OPTION_INVALID', 'sameSite', '"lax", "strict" or "none"');
  }
  // What browsers refuse without a word
  if (!secure && (namePrefix !== '' || sameSite === 'none')) {
    throw mustBe('OPTION_INVALID', 'secure', 'true with a "namePrefix" and with the "sameSite" "none"');
  }
  if (namePrefix === '__Host-' && (path !== '/' || domain !== undefined)) {
    throw mustBe(
      'OPTION_INVALID',
      'namePrefix',
      'without "domain", and with the "path" "/", if it is "__Host-"',
    );
  }
  return { path, ...(domain !== undefined && { domain }), maxAge: maxAgeSeconds, httpOnly, secure, sameSite };
}

/** What stands under the name of a value that is split. */
interface PartList {
  readonly count: number;
  readonly tag: string;
}

const PART_LIST = /^CognitoSrpEngine:parts:(\d{1,3}):([\w-]{1,8})$/;

const formatPartList = ({ count, tag }: PartList): string => `CognitoSrpEngine:parts:${count}:${tag}`;

function readPartList(value: string | undefined): PartList | undefined {
  const [, count, tag] = PART_LIST.exec(value ?? '') ?? [];
  return count === undefined || tag === undefined ? undefined : { count: Number(count), tag };
}

/** Two requests of one browser that store at the same time can leave parts of both. The end of a token tells them apart. */
const tagOf = (value: string): string => value.slice(-8).replace(/[^\w-]/g, '_') || '_';

const partName = (name: string, index: number): string => `${name}.${index}`;

/** @returns undefined if a part is missing, or belongs to another value */
function joinParts(
  { count, tag }: PartList,
  read: (index: number) => string | undefined,
): string | undefined {
  let value = '';
  for (let index = 0; index < count; index++) {
    const part = read(index);
    if (!part?.startsWith(`${tag}:`)) return undefined;
    value += part.slice(tag.length + 1);
  }
  return value;
}

/** Splits a value into parts that are short enough once they are encoded, and never within a character. */
function splitValue(value: string, limit: number): readonly string[] {
  if (percentEncode(value).length <= limit) return [value];
  const parts: string[] = [];
  let part = '';
  let length = 0;
  for (const character of value) {
    const encoded = encodedLength(character);
    if (length + encoded > limit - PART_OVERHEAD) {
      parts.push(part);
      part = '';
      length = 0;
    }
    part += character;
    length += encoded;
  }
  return [...parts, part];
}

/** How long a character is once it is encoded. Encoding each by itself would take ten times as long. */
function encodedLength(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x80) return /[\w.!~*'()-]/.test(character) ? 1 : 3;
  if (codePoint < 0x800) return 6;
  return codePoint < 0x10000 ? 9 : 12;
}

/** The number in a part's name, its tag and the encoded colon. */
const PART_OVERHEAD = 16;
