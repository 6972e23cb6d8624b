/** The settings and the memory of one pool. Two pools share nothing. */
import { type Codes, createCodes } from './codes.ts';
import { createExpiringStore, type ExpiringStore } from './expiring-store.ts';
import { createFaults, type FaultInjection } from './faults.ts';
import { createGrants, type Grants } from './grants.ts';
import { QUIET_MS } from './lockout.ts';
import { assertOptions } from './option-checks.ts';
import type {
  ClientOptions,
  DeviceTracking,
  FirstAuthFactor,
  PasskeyFactorConfiguration,
  SessionPlacement,
  UserPoolOptions,
} from './options.ts';
import type { PasswordPolicy } from './password-policy.ts';
import { createRandom, type Random } from './randomness.ts';
import {
  createSessions,
  type Session,
  type Sessions,
  type SignInKind,
  type Trail,
} from './sign-in/sessions.ts';
import type { ChallengeResult, Triggers } from './sign-in/triggers.ts';
import type { HostEphemeral } from './srp-host.ts';
import { createTokenIssuer, type TokenIssuer } from './tokens.ts';
import { createUsers, type Failures, type Users } from './users.ts';

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

/** A WebAuthn challenge that waits for an authenticator. */
export interface PasskeyChallenge {
  readonly purpose: 'registration' | 'assertion';
  readonly clientId: string;
  readonly username: string;
}

/** A DEVICE_PASSWORD_VERIFIER challenge that waits for its proof. */
export interface PendingDeviceProof extends Pending {
  readonly deviceKey: string;
}

/** Everything that the operations of one pool work with. */
export interface PoolState {
  readonly userPoolId: string;
  readonly region: string;
  readonly poolName: string;
  readonly clients: ReadonlyMap<string, ClientOptions>;
  /** `find` takes the canonical name or an alias, not a `sub`. */
  readonly users: Users;
  /** The failures under names that no user has. */
  readonly hiddenFailures: ExpiringStore<Failures>;
  readonly proofs: ExpiringStore<PendingProof>;
  readonly deviceProofs: ExpiringStore<PendingDeviceProof>;
  readonly sessions: Sessions;
  readonly codes: Codes;
  /** The keys are the challenges, base64url. */
  readonly passkeyChallenges: ExpiringStore<PasskeyChallenge>;
  readonly tokens: TokenIssuer;
  readonly grants: Grants;
  readonly faults: FaultInjection;
  readonly triggers: Triggers;
  /** A secret of this pool. What must be stable without being stored is derived from it. */
  readonly key: Uint8Array;
  readonly random: Random;
  readonly now: () => number;
  readonly timestampToleranceMs: number;
  readonly lockout: boolean;
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON';
  /** Undefined if the pool does not track devices. */
  readonly devices: Required<DeviceTracking> | undefined;
  readonly requiredAttributes: readonly string[];
  readonly passwordPolicy: PasswordPolicy;
  readonly allowedFirstAuthFactors: readonly FirstAuthFactor[];
  readonly passkeyFactorConfiguration: PasskeyFactorConfiguration;
  readonly userSessionTracking: boolean;
  readonly relyingPartyId: string;
  readonly relyingPartyOrigins: readonly string[] | undefined;
  readonly sessionPlacement: SessionPlacement;
  readonly wrongCodeKeepsSession: boolean;
  readonly secretBlockOnce: boolean;
  readonly modelledStatuses: boolean;
  readonly unitOutput: 'empty' | 'object';
}

const ALL_FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

const DEVICE_TRACKING = { challengeRequiredOnNewDevice: false, onlyRememberedOnUserPrompt: false };

const SESSION_PLACEMENT: SessionPlacement = {
  USER_SRP_AUTH: 'absent',
  CUSTOM_AUTH: 'present',
  USER_AUTH: 'present',
  DEVICE_PASSWORD_VERIFIER: 'present',
};

/** @throws TypeError if an option is wrong; the message names the field */
export function createState(options: UserPoolOptions): PoolState {
  assertOptions(options);
  const userPoolId = options.userPoolId ?? 'local_Pool1';
  const separator = userPoolId.lastIndexOf('_');
  const region = userPoolId.slice(0, separator);
  const dnsSuffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const poolName = userPoolId.slice(separator + 1);
  const now = options.now ?? Date.now;
  const random = createRandom(options.rng);
  const clients = options.clients ?? [{ clientId: 'web', explicitAuthFlows: ALL_FLOWS }];
  const { tokenValidity = 3600 } = options;
  const validityMs = (options.authSessionValidity ?? 3) * 60_000;
  const users = createUsers(poolName, random);
  for (const user of options.users ?? []) users.add(user);
  const hiding = options.preventUserExistenceErrors ? 'ENABLED' : 'LEGACY';
  return {
    userPoolId,
    region,
    poolName,
    clients: new Map(
      clients.map((client) => {
        const { clientId, preventUserExistenceErrors = hiding } = client;
        return [clientId, { ...client, preventUserExistenceErrors }];
      }),
    ),
    users,
    hiddenFailures: createExpiringStore(QUIET_MS, now),
    proofs: createExpiringStore(validityMs, now),
    deviceProofs: createExpiringStore(validityMs, now),
    sessions: createSessions(random, validityMs, now),
    codes: createCodes(random, now),
    passkeyChallenges: createExpiringStore(validityMs, now),
    tokens: createTokenIssuer({
      issuer: options.issuer ?? `https://cognito-idp.${region}.${dnsSuffix}/${userPoolId}`,
      tokenValidity,
      random,
    }),
    grants: createGrants(random, tokenValidity * 1000),
    faults: createFaults(options.faults ?? []),
    triggers: options.triggers ?? {},
    key: random.bytes(32),
    random,
    now,
    timestampToleranceMs: (options.timestampTolerance ?? 300) * 1000,
    lockout: options.lockout ?? true,
    mfa: options.mfa ?? 'OPTIONAL',
    devices: options.devices && { ...DEVICE_TRACKING, ...options.devices },
    requiredAttributes: options.requiredAttributes ?? [],
    passwordPolicy: options.passwordPolicy ?? {},
    allowedFirstAuthFactors: options.allowedFirstAuthFactors ?? [
      'PASSWORD',
      'WEB_AUTHN',
      'EMAIL_OTP',
      'SMS_OTP',
    ],
    passkeyFactorConfiguration: options.passkeyFactorConfiguration ?? 'SINGLE_FACTOR',
    userSessionTracking: options.userSessionTracking ?? false,
    relyingPartyId: options.relyingPartyId ?? 'localhost',
    relyingPartyOrigins: options.relyingPartyOrigins,
    sessionPlacement: { ...SESSION_PLACEMENT, ...options.sessionPlacement },
    wrongCodeKeepsSession: options.wrongCodeKeepsSession ?? true,
    secretBlockOnce: options.secretBlockOnce ?? false,
    modelledStatuses: options.modelledStatuses ?? false,
    unitOutput: options.unitOutput ?? 'empty',
  };
}
