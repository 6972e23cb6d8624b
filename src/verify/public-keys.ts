/** Fetches the public keys of a user pool, and tells what the network did from what is wrong with the keys. */
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, type JWK, jwksCache } from 'jose';
import { type Fetch, MAX_BODY_BYTES, readText } from '../cognito/client/fetch-transport.ts';
import { isRecord, parseJson } from '../cognito/values.ts';
import { mustBe, ProtocolError } from '../errors.ts';
import type { PublicKeySet } from './public-key-set.ts';

/** The only algorithm that Cognito signs tokens with. */
export const ALGORITHM = 'RS256';

/** The keys of one pool, as jose takes them. */
export type PublicKeys = ReturnType<typeof createRemoteJWKSet>;

/**
 * Creates the source of the keys. They are fetched when they are first needed, and again when a token names a key that
 * is not among them.
 *
 * @param url where the pool's JWKS is (RFC 7517 §5)
 * @param fetch default: the runtime's
 * @param known the keys to begin with
 * @throws ArgumentError OPTION_INVALID
 */
export function createPublicKeys(
  url: string,
  fetch: Fetch | undefined,
  known: PublicKeySet | undefined,
): PublicKeys {
  if (known !== undefined && !(isRecord(known) && Array.isArray(known.keys) && known.keys.every(isRecord))) {
    throw mustBe('OPTION_INVALID', 'keys', 'a JWKS: an object with the array "keys"');
  }
  return createRemoteJWKSet(new URL(url), {
    [customFetch]: (address, init) => fetchKeys(fetch ?? globalThis.fetch, address, init),
    // Keys count as fresh, however old they are, because a token that names another key has them fetched. With an age, tokens of keys
    // at hand would be refused while the endpoint does not answer
    cacheMaxAge: Number.POSITIVE_INFINITY,
    ...(known && {
      [jwksCache]: { jwks: { keys: known.keys.map((key) => ({ ...key }) as JWK) }, uat: 0 },
    }),
  });
}

/** @throws ProtocolError NETWORK_FAILED or KEYS_INVALID */
async function fetchKeys(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  const { status, text } = await readAll(fetch, url, init);
  if (status === 429 || status >= 500) throw networkFailed({ status });
  if (status !== 200) throw keysInvalid(`the endpoint answers HTTP ${status}`, { status });
  if (text === undefined) throw keysInvalid(`the reply is larger than ${MAX_BODY_BYTES} bytes`, { status });
  if (parseJson(text) === undefined) throw keysInvalid('the reply is not JSON', { status });
  return new Response(text, { status });
}

async function readAll(fetch: Fetch, url: string, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    return { status: response.status, text: await readText(response, init.signal ?? undefined) };
  } catch (cause) {
    throw networkFailed({ cause });
  }
}

const networkFailed = (details: { readonly status?: number; readonly cause?: unknown }): ProtocolError =>
  new ProtocolError('NETWORK_FAILED', 'The public keys of the user pool could not be fetched', {
    ...details,
    recovery: 'try-later',
  });

const keysInvalid = (
  reason: string,
  details: { readonly status?: number; readonly cause?: unknown },
): ProtocolError =>
  new ProtocolError('KEYS_INVALID', `The public keys of the user pool cannot be used: ${reason}`, {
    ...details,
    recovery: 'fix-configuration',
  });

/** jose's error codes for a token that is not right. */
const TOKEN_ERRORS = /^ERR_(JW[ST]_|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/**
 * What jose threw when it verified a token, as one of this package's errors. An error about the token has no cause:
 * jose's error holds the claims, and they may hold an e-mail address.
 */
export function toVerifyError(error: unknown, token: string, use: string, keys: PublicKeys): ProtocolError {
  if (error instanceof ProtocolError) return error;
  const { code = '', message = '' } = isRecord(error) ? error : {};
  if (code === 'ERR_JWKS_NO_MATCHING_KEY' && hasKeyOf(token, keys)) {
    return keysInvalid(`the key that the token names is not a key for ${ALGORITHM}`, {});
  }
  // Whoever sends such a token must not make it look as if the server had the wrong keys
  if (code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS' && decodeProtectedHeader(token).kid === undefined) {
    return invalidToken(`The ${use} token is not valid: it does not name the key that it is signed with`);
  }
  if (code === 'ERR_JWKS_NO_MATCHING_KEY' || TOKEN_ERRORS.test(String(code))) {
    return invalidToken(`The ${use} token is not valid: ${message}`);
  }
  // What is left are the errors of keys: a JWKS that is malformed, a key that cannot be imported or that is too short
  return keysInvalid(String(message), { cause: error });
}

/** Whether the JWKS has a key of the id that the token names, although jose did not take it. */
function hasKeyOf(token: string, keys: PublicKeys): boolean {
  const { kid } = decodeProtectedHeader(token);
  return kid !== undefined && (keys.jwks()?.keys.some((key) => key.kid === kid) ?? false);
}

export const invalidToken = (message: string): ProtocolError => new ProtocolError('TOKEN_INVALID', message);
