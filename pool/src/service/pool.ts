/** One pool: its settings, what it keeps, and what it holds in memory alone. Two pools share nothing. */
import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import { createBoundStore, type SubOf } from '../domain/bound-store.ts';
import { type Codes, codeKey, createCodes, type IssuedCode } from '../domain/codes.ts';
import { createExpiringStore, type ExpiringStore } from '../domain/expiring-store.ts';
import { createGrants, type Grant, type Grants, type KeptToken } from '../domain/grants.ts';
import type { KeptKey } from '../domain/kept-key.ts';
import type { Random } from '../domain/randomness.ts';
import type { HostEphemeral } from '../domain/srp-host.ts';
import { createTokenIssuer, type TokenIssuer } from '../domain/tokens.ts';
import { type Failures, type NewUser, QUIET_MS, type User } from '../domain/user.ts';
import { createUsers, type Users } from '../domain/users.ts';
import type { PendingFederation } from '../federation/pending-federation.ts';
import { FEDERATION_MS } from '../federation/pending-federation.ts';
import { createTickets, type Tickets } from '../login/tickets.ts';
import type { GroupType } from '../model/types.generated.ts';
import { type AuthorizationCodes, createAuthorizationCodes } from '../oauth/authorization-codes.ts';
import { createLoginSessions, type KeptLogin, type LoginSessions } from '../oauth/login-sessions.ts';
import type { Client, PoolSettings } from '../settings/pool-settings.ts';
import { nameRulesOf, type PoolRules, rulesOf } from '../settings/rules.ts';
import {
  createSessions,
  type Session,
  type Sessions,
  type SignInKind,
  type Trail,
} from '../sign-in/sessions.ts';
import { type Change, type Collection, createCollection, type Tell } from '../store/collection.ts';
import type { ChallengeResult } from '../triggers/events.ts';
import type { OwnTriggers, PoolTriggers, TriggerRuntime } from '../triggers/pool-triggers.ts';

/** A verifier challenge that waits for its proof. It is kept under its SECRET_BLOCK. */
export interface Pending extends HostEphemeral {
  readonly clientId: string;
  /** USER_ID_FOR_SRP. For a user who does not exist, the name that was typed. */
  readonly username: string;
  readonly kind: SignInKind;
  readonly trail: Trail;
  /** The Session that the reply carried beside the challenge. If there is one, the answer must carry it too. */
  readonly session: Session | undefined;
}

/** A PASSWORD_VERIFIER challenge that waits for its proof. */
export interface PendingProof extends Pending {
  /** The challenges before this one, in a CUSTOM_AUTH sign-in. */
  readonly results: readonly ChallengeResult[];
}

/** A DEVICE_PASSWORD_VERIFIER challenge that waits for its proof. */
export interface PendingDeviceProof extends Pending {
  readonly deviceKey: string;
}

/** A WebAuthn challenge that waits for an authenticator. */
export type PasskeyChallenge = {
  readonly clientId: string;
  readonly username: string;
} & (
  | { readonly purpose: 'assertion' }
  /** The browser was told this relying party, so it makes the passkey for it. */
  | { readonly purpose: 'registration'; readonly relyingPartyId: string }
);

/** A group of users, as GetGroup describes it. */
export type Group = GroupType & { readonly GroupName: string };

/** A configuration that the pool stores and describes, without acting on it. */
export type StoredDocument = Readonly<Record<string, unknown>>;

/** What a pool is made of: by options, by a seed file, by CreateUserPool, or from a data folder. */
export interface PoolContents {
  readonly settings: PoolSettings;
  readonly clients: readonly Client[];
  readonly users: readonly NewUser[];
  readonly groups: readonly Group[];
  readonly documents: readonly (readonly [key: string, StoredDocument])[];
  readonly triggers: OwnTriggers;
  /** What only a pool has that was there before: without it there is none, and a new secret. */
  readonly secret?: PoolSecret;
  readonly signingKeys?: readonly KeptKey[];
  readonly grants?: readonly Grant[];
  readonly refreshTokens?: readonly KeptToken[];
  readonly loginSessions?: readonly KeptLogin[];
  readonly codes?: readonly IssuedCode[];
}

/** A secret of the pool. What must be stable without being stored is derived from it. */
export interface PoolSecret {
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** The collections that the store hears of, by their names in a snapshot. */
export interface KeptCollections {
  /** One record with the key `settings`. */
  readonly settings: Collection<PoolSettings>;
  /** One record with the key `secret`. */
  readonly secret: Collection<PoolSecret>;
  /** By `use`. */
  readonly signingKeys: Collection<KeptKey>;
  /** By client id. */
  readonly clients: Collection<Client>;
  /** By name. */
  readonly groups: Collection<Group>;
  /** By `sub`. */
  readonly users: Collection<User>;
  /** By kind and id: `domain:auth`. */
  readonly documents: Collection<StoredDocument>;
  /** By event id. */
  readonly grants: Collection<Grant>;
  /** By fingerprint. */
  readonly refreshTokens: Collection<KeptToken>;
  /** By fingerprint. */
  readonly loginSessions: Collection<KeptLogin>;
  /** By `codeKey`. */
  readonly codes: Collection<IssuedCode>;
}

/** What all pools of a service share. */
export interface Runtime {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: Random;
  /** Runs the SRP calculations, which take milliseconds. */
  readonly arithmetic: Arithmetic;
}

/** What sign-ins hold in memory between their requests. */
export interface SignIns {
  readonly proofs: ExpiringStore<PendingProof>;
  readonly deviceProofs: ExpiringStore<PendingDeviceProof>;
  readonly sessions: Sessions;
  /** The keys are the challenges, base64url. */
  readonly passkeyChallenges: ExpiringStore<PasskeyChallenge>;
}

/** A sign-in through the page of managed login. */
export interface ManagedLogin {
  /** The browser that has opened the page: the value of its cookie. */
  readonly browser: string;
  /** The level that the authorization request asks for, or 0. */
  readonly targetLevel: number;
}

/** Everything that lives as long as the pool. */
export interface PoolState extends SignIns {
  readonly userPoolId: string;
  readonly region: string;
  /** The part of the id after "_", which SRP identities begin with. */
  readonly poolName: string;
  readonly settings: PoolSettings;
  /** Replaces the settings. Only operations on pools call it. */
  readonly configure: (settings: PoolSettings) => void;
  readonly clients: KeptCollections['clients'];
  readonly users: Users;
  readonly groups: KeptCollections['groups'];
  readonly documents: KeptCollections['documents'];
  /** Everything that is kept, as the store reads it. */
  readonly kept: KeptCollections;
  readonly grants: Grants;
  readonly loginSessions: LoginSessions;
  readonly authorizationCodes: AuthorizationCodes;
  readonly codes: Codes;
  readonly tokens: TokenIssuer;
  readonly triggers: PoolTriggers;
  /** The failures under names that no user has, so that they are locked out like those of users. */
  readonly hiddenFailures: ExpiringStore<Failures>;
  /**
   * The sign-ins through the page of managed login. They are kept apart, because the page does not ask which flows and secrets a
   * client has: what it has begun must not end at the API, with tokens.
   */
  readonly pageSignIns: SignIns;
  readonly tickets: Tickets;
  /** Sign-ins that are at an identity provider, by the `state` that was sent there. */
  readonly pendingFederations: ExpiringStore<PendingFederation>;
  /** `PoolSecret.key` */
  readonly key: Uint8Array;
}

/** A pool as one request meets it: with what its settings mean, and with the clock of the request. */
export interface Pool extends PoolState, PoolRules, Runtime {
  /** The endpoint that the request came to, such as `http://127.0.0.1:9229`. */
  readonly endpoint: string;
  /** Is aborted when nobody waits for the reply any more. */
  readonly signal: AbortSignal | undefined;
  /** Set where the page of managed login signs a user in. The sign-in then ends with a ticket and not with tokens. */
  readonly managedLogin?: ManagedLogin | undefined;
}

/** The longest AuthSessionValidity, so that no store forgets a challenge that can still be answered. */
const MAX_SESSION_MS = 15 * 60_000;

/** @param tell hears of every change of what is kept */
export function createPool(
  contents: PoolContents,
  { now, random }: Omit<Runtime, 'arithmetic'>,
  triggerRuntime: TriggerRuntime,
  tell?: Tell,
): PoolState {
  const { Id: userPoolId } = contents.settings.userPool;
  const separator = userPoolId.lastIndexOf('_');
  let isFilled = false;
  // What a pool begins with is in the store, or will be in its first snapshot
  const tellOfChanges = tell && ((change: Change) => isFilled && tell(change));
  const secret = contents.secret ?? { key: random.bytes(32) };
  const kept = fillCollections(contents, secret, tellOfChanges);
  const users = createUsers(kept.users, nameRulesOf(contents.settings), now);
  for (const user of contents.users) users.add(user);
  const subOf = (username: string) => users.find(username)?.sub;
  isFilled = true;
  return {
    userPoolId,
    region: userPoolId.slice(0, separator),
    poolName: userPoolId.slice(separator + 1),
    get settings() {
      return kept.settings.get('settings') ?? contents.settings;
    },
    configure: (changed) => kept.settings.put('settings', changed),
    clients: kept.clients,
    users,
    groups: kept.groups,
    documents: kept.documents,
    kept,
    grants: createGrants(random, kept.grants, kept.refreshTokens),
    loginSessions: createLoginSessions(random, kept.loginSessions),
    authorizationCodes: createAuthorizationCodes(random, now),
    codes: createCodes(random, now, subOf, kept.codes),
    tokens: createTokenIssuer(random, kept.signingKeys),
    triggers: { ...contents.triggers, runtime: triggerRuntime },
    hiddenFailures: createExpiringStore(QUIET_MS, now),
    ...createSignIns(random, now, subOf),
    pageSignIns: createSignIns(random, now, subOf),
    tickets: createTickets(random, now, subOf),
    pendingFederations: createExpiringStore(FEDERATION_MS, now),
    key: secret.key,
  };
}

const createSignIns = (random: Random, now: () => number, subOf: SubOf): SignIns => ({
  proofs: createBoundStore(MAX_SESSION_MS, now, subOf),
  deviceProofs: createBoundStore(MAX_SESSION_MS, now, subOf),
  sessions: createSessions(random, MAX_SESSION_MS, now, subOf),
  passkeyChallenges: createBoundStore(MAX_SESSION_MS, now, subOf),
});

/** Makes the collections with everything in them except the users. */
function fillCollections(
  contents: PoolContents,
  secret: PoolSecret,
  tell: Tell | undefined,
): KeptCollections {
  const { signingKeys = [], grants = [], refreshTokens = [], loginSessions = [], codes = [] } = contents;
  const byKey = <Value>(values: readonly Value[], keyOf: (value: Value) => string) =>
    values.map((value) => [keyOf(value), value] as const);
  return {
    settings: createCollection('settings', tell, [['settings', contents.settings]]),
    secret: createCollection('secret', tell, [['secret', secret]]),
    signingKeys: createCollection(
      'signingKeys',
      tell,
      byKey(signingKeys, ({ use }) => use),
    ),
    clients: createCollection(
      'clients',
      tell,
      byKey(contents.clients, ({ ClientId }) => ClientId),
    ),
    groups: createCollection(
      'groups',
      tell,
      byKey(contents.groups, ({ GroupName }) => GroupName),
    ),
    users: createCollection<User>('users', tell),
    documents: createCollection('documents', tell, contents.documents),
    grants: createCollection(
      'grants',
      tell,
      byKey(grants, ({ eventId }) => eventId),
    ),
    refreshTokens: createCollection(
      'refreshTokens',
      tell,
      byKey(refreshTokens, ({ token }) => token),
    ),
    loginSessions: createCollection(
      'loginSessions',
      tell,
      byKey(loginSessions, ({ session }) => session),
    ),
    codes: createCollection('codes', tell, byKey(codes, codeKey)),
  };
}

/**
 * Removes what has expired, so that a pool that nobody uses any more does not keep it.
 *
 * @param now milliseconds since the epoch
 */
export function forgetExpired(pool: PoolState, now: () => number): void {
  for (const store of [pool.hiddenFailures, pool.tickets, pool.pendingFederations]) store.sweep();
  for (const { sessions, proofs, deviceProofs, passkeyChallenges } of [pool, pool.pageSignIns])
    for (const store of [sessions, proofs, deviceProofs, passkeyChallenges]) store.sweep();
  pool.codes.sweep();
  pool.authorizationCodes.sweep();
  pool.grants.sweep(now());
  pool.loginSessions.sweep(now());
}

/** Makes the pool that one request works with. */
export function poolForRequest(
  state: PoolState,
  runtime: Runtime,
  endpoint: string,
  signal?: AbortSignal,
): Pool {
  const { settings } = state;
  return { ...state, settings, ...rulesOf(settings), ...runtime, endpoint, signal };
}
