/** The sessions of managed login: each says who has signed in with a browser, and signs that browser in to the next app. */
import type { Method } from '../domain/authentication-levels.ts';
import { randomToken } from '../domain/base64url.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Random } from '../domain/randomness.ts';
import { newSessionId } from '../domain/session-ids.ts';
import type { User } from '../domain/user.ts';
import { type Collection, createCollection } from '../store/collection.ts';

/** How a user has signed in with a browser. */
export interface BrowserSignIn {
  /** How the user has proved to be the user. */
  readonly methods: readonly Method[];
  /** Whether the tokens have the claims `acr` and `amr`. */
  readonly hasLevel: boolean;
  /** The device that signed in, if the pool tracks devices. */
  readonly deviceKey: string | undefined;
  /** The name of the identity provider that the user came from. Undefined for a user who signed in to the pool itself. */
  readonly identityProvider?: string | undefined;
  /** When the user signed in at the identity provider, in seconds since the epoch, if it says so. Default: now. */
  readonly authTime?: number | undefined;
}

/** A session of managed login. */
export interface LoginSession extends BrowserSignIn {
  /** The value of the cookie: 32 bytes, base64url. It is a secret. */
  readonly id: string;
  readonly sub: string;
  /** The canonical name. */
  readonly username: string;
  /** The session as ListUserSessions names it. Undefined if the pool did not track sessions when it was opened. */
  readonly sessionId?: string | undefined;
  /** The app client that the user signed in to. Undefined in data folders of earlier versions. */
  readonly clientId?: string | undefined;
  /** When the user signed in, in seconds since the epoch: the `auth_time` of the tokens. */
  readonly authTime: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When it ends, in milliseconds since the epoch. Its use does not move that. */
  readonly expires: number;
}

/** What is kept of a session. The value of its cookie is not. */
export interface KeptLogin extends Omit<LoginSession, 'id'> {
  /** The fingerprint of the cookie's value. */
  readonly session: string;
}

/** What a session is opened with. */
export interface NewLogin extends BrowserSignIn {
  readonly clientId: string;
  /** Whether the pool tracks sessions now. Otherwise the session is never listed. */
  readonly tracked: boolean;
}

export interface LoginSessions {
  /**
   * @param time milliseconds since the epoch, by the clock of the request
   * @param lifetimeMs how long the session lasts
   */
  readonly open: (user: User, login: NewLogin, time: number, lifetimeMs: number) => LoginSession;
  /** @returns undefined if no session has this id, or if it has ended. Whether its user is still there is not looked at. */
  readonly find: (id: string, time: number) => LoginSession | undefined;
  /** The sessions of the user that have not ended, the oldest first. */
  readonly active: (user: User, time: number) => readonly KeptLogin[];
  readonly close: (id: string) => void;
  /** Ends the session that ListUserSessions names so, if it is still there. */
  readonly closeNamed: (sessionId: string) => void;
  /** Ends every session of the user. */
  readonly closeAll: (user: User) => void;
  /** Removes the sessions that have ended. `open` does it too, from time to time. */
  readonly sweep: (time: number) => void;
}

/** How often sessions that have ended are looked for and removed. */
const SWEEP_MS = 60_000;

/** @param kept the sessions by the fingerprint of their id */
export function createLoginSessions(
  random: Random,
  kept: Collection<KeptLogin> = createCollection('loginSessions'),
): LoginSessions {
  const remove = (isGone: (login: KeptLogin) => boolean) => {
    for (const login of [...kept.values()]) if (isGone(login)) kept.delete(login.session);
  };
  let nextSweep = 0;
  const sweep = (time: number) => {
    nextSweep = time + SWEEP_MS;
    remove(({ expires }) => time >= expires);
  };
  return {
    open: (
      { username, sub },
      { methods, hasLevel, deviceKey, identityProvider, authTime, clientId, tracked },
      time,
      lifetimeMs,
    ) => {
      if (time >= nextSweep) sweep(time);
      const id = randomToken(random);
      const login = {
        sub,
        username,
        sessionId: tracked ? newSessionId(random, 'sso') : undefined,
        clientId,
        methods,
        hasLevel,
        deviceKey,
        identityProvider,
        authTime: authTime ?? Math.floor(time / 1000),
        createdAt: time,
        expires: time + lifetimeMs,
      };
      const session = fingerprint(id);
      kept.put(session, { session, ...login });
      return { id, ...login };
    },
    find: (id, time) => {
      const login = kept.get(fingerprint(id));
      if (!login || time >= login.expires) return undefined;
      const { session: _, ...rest } = login;
      return { id, ...rest };
    },
    active: ({ sub }, time) =>
      [...kept.values()].filter((login) => login.sub === sub && time < login.expires),
    close: (id) => void kept.delete(fingerprint(id)),
    closeNamed: (sessionId) => remove((login) => login.sessionId === sessionId),
    closeAll: ({ sub }) => remove((login) => login.sub === sub),
    sweep,
  };
}
