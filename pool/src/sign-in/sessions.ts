/**
 * Sessions. A session is opaque, belongs to one challenge, accepts one right answer, and expires by the pool's clock.
 */
import type { Method } from '../domain/authentication-levels.ts';
import { createBoundStore, type SubOf } from '../domain/bound-store.ts';
import type { ExpiringStore } from '../domain/expiring-store.ts';
import type { Random } from '../domain/randomness.ts';
import { notAuthorized, type ServiceException } from '../domain/service-exception.ts';
import type { SoftwareToken } from '../domain/totp.ts';
import type { MfaFactor } from '../domain/user.ts';
import type { ChallengeResult, TokenSource } from '../triggers/events.ts';

/** What the requests of a sign-in have said that later steps depend on. */
export interface Trail {
  /** The last DEVICE_KEY that was a confirmed device of the user. */
  readonly deviceKey: string | undefined;
  /** Whether a reply has shown the canonical name to the client. */
  readonly named: boolean;
  /** Whether a challenge was answered with another USERNAME after that. */
  readonly answeredByAlias: boolean;
  /** How the user has proved to be the user, in this order. */
  readonly methods: readonly Method[];
  /** The authentication level that the sign-in has to reach, or 0. */
  readonly targetLevel: number;
  /** Why there will be tokens, as PreTokenGeneration is told. */
  readonly source: TokenSource;
  /** The challenges before a second factor that DefineAuthChallenge asked for. Undefined in other sign-ins. */
  readonly results: readonly ChallengeResult[] | undefined;
}

/** The flow of a sign-in, which decides what follows the first factor. */
export type SignInKind = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'CUSTOM_AUTH' | 'USER_AUTH';

/** A challenge whose answer is a code that was sent: as the first factor, as the second, or to set up the second. */
interface AwaitedCode<Name> {
  readonly challengeName: Name;
  readonly code: string;
  readonly role: 'first-factor' | 'mfa' | 'mfa-setup';
  /** The address that MFA_SETUP gave. A right code makes it an attribute of the user. */
  readonly email?: string;
}

/** A challenge whose answer is judged by what the pool knows of the user, so the session keeps nothing for it. */
interface AwaitedAnswer<Name> {
  readonly challengeName: Name;
}

/** The challenge that a session waits for, with what is needed to judge the answer. */
export type Awaited =
  | AwaitedAnswer<'NEW_PASSWORD_REQUIRED'>
  | AwaitedCode<'SMS_MFA'>
  | AwaitedCode<'EMAIL_OTP'>
  | AwaitedCode<'SMS_OTP'>
  | AwaitedAnswer<'SOFTWARE_TOKEN_MFA'>
  | { readonly challengeName: 'SELECT_MFA_TYPE'; readonly choices: readonly MfaFactor[] }
  | {
      readonly challengeName: 'MFA_SETUP';
      readonly choices: readonly MfaFactor[];
      readonly token?: SoftwareToken;
      readonly verified?: boolean;
    }
  | { readonly challengeName: 'SELECT_CHALLENGE'; readonly available: readonly string[] }
  | AwaitedAnswer<'PASSWORD'>
  | AwaitedAnswer<'PASSWORD_SRP'>
  | AwaitedAnswer<'WEB_AUTHN'>
  /** The challenge is kept under its SECRET_BLOCK. The session is only sent beside it. */
  | AwaitedAnswer<'PASSWORD_VERIFIER'>
  | {
      readonly challengeName: 'CUSTOM_CHALLENGE';
      readonly results: readonly ChallengeResult[];
      readonly privateChallengeParameters: Readonly<Record<string, string>>;
      readonly challengeMetadata: string | undefined;
    }
  | { readonly challengeName: 'DEVICE_SRP_AUTH'; readonly deviceKey: string }
  /** Kept like PASSWORD_VERIFIER. */
  | AwaitedAnswer<'DEVICE_PASSWORD_VERIFIER'>
  /** Not a challenge: the session that SignUp returns for ConfirmSignUp. */
  | AwaitedAnswer<'SIGN_UP'>
  /** Not a challenge: the session that ConfirmSignUp returns for InitiateAuth. */
  | AwaitedAnswer<'SIGN_UP_CONFIRMED'>;

/** The challenges that a reply can ask. The sessions of a sign-up are not among them. */
export type AwaitedChallenge = Exclude<Awaited, { readonly challengeName: 'SIGN_UP' | 'SIGN_UP_CONFIRMED' }>;

export type AwaitedOf<Name> = Extract<Awaited, { readonly challengeName: Name }>;

export interface Session {
  readonly id: string;
  readonly clientId: string;
  /** The canonical name. For a user who does not exist, the name that was typed. */
  readonly username: string;
  readonly kind: SignInKind;
  readonly trail: Trail;
  readonly awaited: Awaited;
  used: boolean;
}

export interface Sessions {
  /** @param lifetimeMs how long the session can be answered */
  readonly open: (session: Omit<Session, 'id' | 'used'>, lifetimeMs: number) => Session;
  readonly has: (id: string) => boolean;
  /**
   * Finds a session that belongs to this client and user, as far as they are given, and can still be answered.
   *
   * @throws ServiceException NotAuthorizedException
   */
  readonly get: (id: string, owner: { readonly clientId?: string; readonly username?: string }) => Session;
  /** Finds the newest session that fits and can still be answered. It reads all sessions. */
  readonly findNewest: (fits: (session: Session) => boolean) => Session | undefined;
  /** Forgets a session. Its id is then unknown. */
  readonly drop: (id: string) => void;
  /** Forgets sessions that have long expired. */
  readonly sweep: () => void;
}

export const sessionUsed = (): ServiceException =>
  notAuthorized('Invalid session for the user, session can only be used once.');

/** Makes an id of about 1500 characters. The service's have 840 to 1590. */
const SESSION_BYTES = 1120;

/** @param longestMs the longest lifetime of a session */
export function createSessions(random: Random, longestMs: number, now: () => number, subOf: SubOf): Sessions {
  const store: ExpiringStore<Session> = createBoundStore(longestMs, now, subOf, true);
  return {
    open: (session, lifetimeMs) => {
      const id = `AYABe${random.base64(SESSION_BYTES).replace(/[+/=]/g, '-')}`;
      const opened = { ...session, id, used: false };
      store.put(id, opened, lifetimeMs);
      return opened;
    },
    get: (id, { clientId, username }) => {
      const entry = store.get(id);
      const session = entry?.value;
      if (
        !session ||
        (clientId !== undefined && session.clientId !== clientId) ||
        (username !== undefined && session.username !== username)
      ) {
        throw notAuthorized('Invalid session for the user.');
      }
      if (session.used) throw sessionUsed();
      if (entry.expired) throw notAuthorized('Invalid session for the user, session is expired.');
      return session;
    },
    findNewest: (fits) =>
      store
        .values()
        .filter((session) => !session.used && fits(session))
        .at(-1),
    has: (id) => store.get(id) !== undefined,
    drop: (id) => store.delete(id),
    sweep: store.sweep,
  };
}
