/** Authorization codes: each is exchanged for tokens once, within five minutes. They do not survive a restart. */
import { createExpiringStore, type ExpiringStore } from '../domain/expiring-store.ts';
import type { OAuthGrant } from '../domain/grants.ts';
import type { Random } from '../domain/randomness.ts';
import type { User } from '../domain/user.ts';
import type { LoginSession } from './login-sessions.ts';

/** What a code stands for. */
export interface AuthorizedCode {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Whether the authorization request named it. Then the token request has to name it too (RFC 6749 section 4.1.3). */
  readonly namesRedirectUri: boolean;
  /** The `code_challenge` by the method S256. Undefined if the request had none. */
  readonly codeChallenge: string | undefined;
  readonly oauth: OAuthGrant;
  /** Who has signed in, and how. */
  readonly login: Omit<LoginSession, 'id'>;
}

/** A code that was found. */
export interface FoundCode {
  readonly authorized: AuthorizedCode;
  readonly expired: boolean;
  readonly used: boolean;
  /** The event id of the grant that the code was exchanged for. */
  readonly eventId: string | undefined;
}

export interface AuthorizationCodes {
  /** @returns the code, which has the form of the service's */
  readonly issue: (authorized: AuthorizedCode) => string;
  /** @returns undefined if the code was never issued or was forgotten */
  readonly find: (code: string) => FoundCode | undefined;
  /** Notes that the code was used. What it is exchanged for is noted as soon as it is known. */
  readonly use: (code: string, eventId?: string) => void;
  /** Forgets the codes of the user. */
  readonly forget: (user: User) => void;
  /** Forgets the codes that a session of managed login gave, by its `sessionId`. */
  readonly forgetThrough: (sessionId: string) => void;
  readonly sweep: () => void;
}

/** Documented. */
const LIFETIME_MS = 5 * 60_000;

/** @param now milliseconds since the epoch */
export function createAuthorizationCodes(random: Random, now: () => number): AuthorizationCodes {
  interface Kept {
    readonly authorized: AuthorizedCode;
    used: boolean;
    eventId: string | undefined;
  }
  const store: ExpiringStore<Kept> = createExpiringStore(LIFETIME_MS, now, true);
  return {
    issue: (authorized) => {
      const code = random.uuid();
      store.put(code, { authorized, used: false, eventId: undefined });
      return code;
    },
    find: (code) => {
      const entry = store.get(code);
      return entry && { ...entry.value, expired: entry.expired };
    },
    use: (code, eventId) => {
      const kept = store.get(code)?.value;
      if (kept) Object.assign(kept, { used: true, eventId: eventId ?? kept.eventId });
    },
    forgetThrough: (sessionId) =>
      store.deleteWhere(({ authorized }) => authorized.login.sessionId === sessionId),
    forget: ({ sub }) => store.deleteWhere(({ authorized }) => authorized.login.sub === sub),
    sweep: store.sweep,
  };
}
