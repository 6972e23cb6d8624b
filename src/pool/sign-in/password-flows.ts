/** Sign-in by password: PASSWORD_VERIFIER for the flows with SRP, and the flows that send the password. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { assertMaySignIn, hidesUsers, type Parameters, required } from '../admission.ts';
import { assertNotLockedOut, countFailure, failuresOf } from '../lockout.ts';
import type { ClientOptions, SessionPlacement } from '../options.ts';
import { incorrectUsernameOrPassword, userDoesNotExist } from '../service-exception.ts';
import { fakeVerifier, passwordFits } from '../srp-host.ts';
import type { PendingProof, PoolState } from '../state.ts';
import type { User } from '../users.ts';
import {
  claimFits,
  findPendingClaim,
  readSrpA,
  refuseClaim,
  spendClaim,
  verifierChallenge,
} from './password-claim.ts';
import type { SignInKind, Trail } from './sessions.ts';
import { NO_TRAIL, withAnswer, withDeviceIfKnown, withReply } from './trail.ts';

/** The flows in which a password can be proved by SRP. */
type SrpKind = Extract<SignInKind, keyof SessionPlacement>;

/**
 * Asks PASSWORD_VERIFIER for an SRP_A.
 *
 * @param before what this sign-in has already done; in CUSTOM_AUTH, the results of other challenges
 */
export function passwordVerifierChallenge(
  pool: PoolState,
  client: ClientOptions,
  parameters: Parameters,
  kind: SrpKind,
  before: Partial<Pick<PendingProof, 'results' | 'trail'>> = {},
) {
  const name = required(parameters, 'USERNAME');
  const A = readSrpA(parameters);
  const user = pool.users.find(name);
  if (user) assertMaySignIn(user);
  else if (!hidesUsers(client)) throw userDoesNotExist();
  const username = user?.username ?? name;
  const verifier = user?.verifier ?? fakeVerifier(hmac(sha256, pool.key, new TextEncoder().encode(name)));
  const { results = [], trail: earlier = withDeviceIfKnown(NO_TRAIL, user, parameters) } = before;
  const { ephemeral, secretBlock, parameters: shown } = verifierChallenge(pool, A, verifier);
  const ChallengeParameters = { ...shown, USERNAME: username, USER_ID_FOR_SRP: username };
  const trail = withReply(earlier, username, ChallengeParameters);
  const { clientId } = client;
  const session =
    pool.sessionPlacement[kind] === 'present'
      ? pool.sessions.open({
          clientId,
          username,
          kind,
          trail,
          awaited: { challengeName: 'PASSWORD_VERIFIER' },
        })
      : undefined;
  pool.proofs.put(secretBlock, { ...ephemeral, clientId, username, kind, trail, session, results });
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters,
    ...(session && { Session: session.id }),
  };
}

/** Judges the answer to PASSWORD_VERIFIER. Returns the user and what was kept of the challenge. */
export function verifyPasswordClaim(
  pool: PoolState,
  client: ClientOptions,
  responses: Parameters,
  sessionId: string | undefined,
): { readonly user: User; readonly proof: PendingProof; readonly trail: Trail } {
  const pending = findPendingClaim(pool, pool.proofs, client, responses, sessionId);
  const { claim, proof, user } = pending;
  if (user) assertMaySignIn(user);
  const failures = failuresOf(pool, user, proof.username);
  assertNotLockedOut(pool, failures);
  if (!user || !claimFits(pool, proof, user.verifier, pool.poolName + user.username, claim)) {
    countFailure(pool, failures);
    throw refuseClaim(pool, pool.proofs, pending);
  }
  const trail = withAnswer(pool, proof.trail, user, responses);
  failures.count = 0;
  spendClaim(pool, pool.proofs, pending);
  return { user, proof, trail };
}

/** Checks a password that was sent. Returns its user. */
export function verifyPassword(pool: PoolState, client: ClientOptions, parameters: Parameters): User {
  const name = required(parameters, 'USERNAME');
  const password = required(parameters, 'PASSWORD');
  const user = pool.users.find(name);
  if (user) assertMaySignIn(user);
  else if (!hidesUsers(client)) throw userDoesNotExist();
  const failures = failuresOf(pool, user, name);
  assertNotLockedOut(pool, failures);
  if (!user || !passwordFits(user.verifier, pool.poolName + user.username, password)) {
    countFailure(pool, failures);
    throw incorrectUsernameOrPassword();
  }
  failures.count = 0;
  return user;
}
