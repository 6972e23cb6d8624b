/** Sign-ins that are at an identity provider: each waits, bound to its browser, for the provider to send the browser back. */
import { RANDOM_TOKEN, randomToken } from '../domain/base64url.ts';
import type { ExpiringStore } from '../domain/expiring-store.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Random } from '../domain/randomness.ts';
import { readCookie, writeCookie } from '../http/cookies.ts';

/** What the pool has sent to the provider, and checks the answer by. */
export interface SentRequest {
  readonly state: string;
  /** The nonce that the ID token must have (OpenID Connect Core 1.0 section 3.1.2.1). */
  readonly nonce: string;
  /** RFC 7636 section 4.1. */
  readonly codeVerifier: string;
  /** Where the provider sends the browser back to: `{endpoint}/oauth2/idpresponse`. */
  readonly redirectUri: string;
}

export interface PendingFederation {
  /** The query of the authorization request of the app, which is read again at the end. */
  readonly query: string;
  readonly providerName: string;
  readonly sent: SentRequest;
  /** The fingerprint of the cookie that the browser has. */
  readonly browser: string;
}

/** By the `state` that was sent to the provider. */
export type PendingFederations = ExpiringStore<PendingFederation>;

/** How long a user may take at the provider. AWS's limit is not known. */
export const FEDERATION_MS = 10 * 60_000;

/** Reported: the cookie's name. */
const COOKIE = 'csrf-state';

/** @returns undefined if the browser has no cookie of the pool, or one that the pool cannot have made */
function browserIdOf(request: Request): string | undefined {
  const value = readCookie(request, COOKIE);
  return value !== undefined && RANDOM_TOKEN.test(value) ? value : undefined;
}

/** Recognizes the browser of a request, or makes it recognizable. Sign-ins in two tabs have the same cookie. */
export function bindBrowser(
  request: Request,
  random: Random,
): { readonly browser: string; readonly setCookie: string } {
  const id = browserIdOf(request) ?? randomToken(random);
  return {
    browser: fingerprint(id),
    setCookie: writeCookie(request, {
      name: COOKIE,
      value: id,
      path: '/oauth2',
      maxAge: FEDERATION_MS / 1000,
    }),
  };
}

/**
 * Takes the sign-in that a state belongs to. It can be taken once, and only by the browser that began it: the answer of a provider
 * that somebody else began must not sign this browser in (RFC 6749 section 10.12).
 *
 * @returns undefined for a state that is unknown, used, expired or of another browser
 */
export function takePending(
  pending: PendingFederations,
  request: Request,
  state: string | null,
): PendingFederation | undefined {
  const id = browserIdOf(request);
  const entry = state === null || id === undefined ? undefined : pending.get(state);
  if (state === null || id === undefined || !entry || entry.expired) return undefined;
  if (entry.value.browser !== fingerprint(id)) return undefined;
  pending.delete(state);
  return entry.value;
}
