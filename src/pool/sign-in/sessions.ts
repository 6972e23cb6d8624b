/** Sessions: opaque, of one challenge, good for one right answer, ended by the pool's clock. */
import { createExpiringStore, type ExpiringStore } from '../expiring-store.ts';
import type { Random } from '../randomness.ts';
import { notAuthorized } from '../service-exception.ts';
import type { SoftwareToken } from '../totp.ts';
import type { MfaFactor } from '../users.ts';
import type { ChallengeResult } from './triggers.ts';

/** What the requests of one sign-in have said so far, and later steps go by. */
export interface Trail {
  /** The last DEVICE_KEY; it was a device of the user at that time. */
  readonly deviceKey: string | undefined;
  /** A reply has shown the client the canonical name. */
  readonly named: boolean;
  /** After that, a challenge was answered with another USERNAME. */
  readonly answeredByAlias: boolean;
}

/** How a sign-in began; it decides what follows the first factor. */
export type SignInKind = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'CUSTOM_AUTH' | 'USER_AUTH';

/** A code that was sent: as the first factor, as the second, or to set the second up. */
interface AwaitedCode<Name> {
  readonly challengeName: Name;
  readonly code: string;
  readonly role: 'first-factor' | 'mfa' | 'mfa-setup';
}

/** A challenge whose answer is judged by what the pool knows of the user. */
interface AwaitedAnswer<Name> {
  readonly challengeName: Name;
}

/** What a Session waits for, with what is needed to judge the answer. */
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
  /** Its proof is kept under the SECRET_BLOCK; the Session only stands beside it. */
  | AwaitedAnswer<'PASSWORD_VERIFIER'>
  | {
      readonly challengeName: 'CUSTOM_CHALLENGE';
      readonly results: readonly ChallengeResult[];
      readonly privateChallengeParameters: Readonly<Record<string, string>>;
      readonly challengeMetadata: string | undefined;
    }
  | { readonly challengeName: 'DEVICE_SRP_AUTH'; readonly deviceKey: string }
  /** As PASSWORD_VERIFIER. */
  | AwaitedAnswer<'DEVICE_PASSWORD_VERIFIER'>
  /** Not a challenge: what SignUp gives to ConfirmSignUp. */
  | AwaitedAnswer<'SIGN_UP'>
  /** Not a challenge: what ConfirmSignUp gives to InitiateAuth. */
  | AwaitedAnswer<'SIGN_UP_CONFIRMED'>;

export type AwaitedOf<Name> = Extract<Awaited, { readonly challengeName: Name }>;

export interface Session {
  readonly id: string;
  readonly clientId: string;
  /** Canonical; of a hidden user, what was typed. */
  readonly username: string;
  readonly kind: SignInKind;
  readonly trail: Trail;
  readonly awaited: Awaited;
  used: boolean;
}

export interface Sessions {
  open(session: Omit<Session, 'id' | 'used'>): Session;
  /**
   * The session, if it belongs to this client and user (where they are known) and can still be answered.
   *
   * @throws ServiceException NotAuthorizedException
   */
  get(id: string, owner: { readonly clientId?: string; readonly username?: string }): Session;
  /** Ends it: the id then is as if it had never been. */
  drop(id: string): void;
}

/** The service's Sessions have 840 to 1590 characters. */
const SESSION_BYTES = 1120;

export function createSessions(random: Random, lifetimeMs: number, now: () => number): Sessions {
  const store: ExpiringStore<Session> = createExpiringStore(lifetimeMs, now);
  return {
    open: (session) => {
      const id = `AYABe${random.base64(SESSION_BYTES).replace(/[+/=]/g, '-')}`;
      const opened = { ...session, id, used: false };
      store.put(id, opened);
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
      if (session.used) throw notAuthorized('Invalid session for the user, session can only be used once.');
      if (entry.expired) throw notAuthorized('Invalid session for the user, session is expired.');
      return session;
    },
    drop: (id) => store.delete(id),
  };
}
