/** Sign-in by password: PASSWORD_VERIFIER for the flows with SRP, and the flows that send the password. */
import { assertMaySignIn, type Parameters, required } from '../domain/admission.ts';
import { canonicalName } from '../domain/canonical-name.ts';
import { hidesUsers, sessionMs } from '../domain/clients.ts';
import { assertNotLockedOut, countFailure, forgetFailures, passwordFailures } from '../domain/lockout.ts';
import { identityOf, isPassword, verifierForName, verifierOf } from '../domain/passwords.ts';
import { incorrectUsernameOrPassword, userDoesNotExist } from '../domain/service-exception.ts';
import type { User } from '../domain/user.ts';
import type { PendingProof, Pool } from '../service/pool.ts';
import type { Client, SessionPlacement } from '../settings/pool-settings.ts';
import type { Reply } from './attempt.ts';
import {
  findMistake,
  findPendingClaim,
  type PendingClaim,
  readSrpA,
  refuseClaim,
  spendClaim,
  verifierChallenge,
} from './password-claim.ts';
import type { SignInKind, Trail } from './sessions.ts';
import { NO_TRAIL, withAnswer, withDeviceIfKnown, withReply } from './trail.ts';

/** For the log: the client hides who exists. */
const NO_USER = 'There is no such user';

/** The flows in which a password can be proved by SRP. */
type SrpKind = Extract<SignInKind, keyof SessionPlacement>;

/**
 * Asks PASSWORD_VERIFIER for an SRP_A.
 *
 * @param before what this sign-in has already done; in CUSTOM_AUTH, the results of other challenges
 */
export async function passwordVerifierChallenge(
  pool: Pool,
  client: Client,
  parameters: Parameters,
  kind: SrpKind,
  before: Partial<Pick<PendingProof, 'results' | 'trail'>> = {},
): Promise<Reply> {
  const name = required(parameters, 'USERNAME');
  const A = readSrpA(parameters);
  const user = pool.users.find(name);
  if (user) assertMaySignIn(user);
  else if (!hidesUsers(client)) throw userDoesNotExist();
  const username = canonicalName(pool, user, name);
  const verifier = user ? await verifierOf(pool, user) : verifierForName(pool, username);
  const { results = [], trail: earlier = withDeviceIfKnown(NO_TRAIL, user, parameters) } = before;
  const { ephemeral, secretBlock, parameters: shown } = await verifierChallenge(pool, A, verifier);
  const ChallengeParameters = { ...shown, USERNAME: username, USER_ID_FOR_SRP: username };
  const trail = withReply(earlier, username, ChallengeParameters);
  const { ClientId: clientId } = client;
  const session =
    pool.sessionPlacement[kind] === 'present'
      ? pool.sessions.open(
          { clientId, username, kind, trail, awaited: { challengeName: 'PASSWORD_VERIFIER' } },
          sessionMs(client),
        )
      : undefined;
  const proof = { ...ephemeral, clientId, username, kind, trail, session, results };
  pool.proofs.put(secretBlock, proof, sessionMs(client));
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters,
    ...(session && { Session: session.id }),
  };
}

/** Judges the answer to PASSWORD_VERIFIER. Returns the user and what was kept of the challenge. */
export async function verifyPasswordClaim(
  pool: Pool,
  client: Client,
  responses: Parameters,
  sessionId: string | undefined,
): Promise<{ readonly user: User; readonly proof: PendingProof; readonly trail: Trail }> {
  const asked = findPendingClaim(pool, pool.proofs, client, responses, sessionId);
  const mistake = await findUserMistake(pool, asked);
  // Looked for again, because another request may have spent the challenge or removed the user in the meantime
  const pending = findPendingClaim(pool, pool.proofs, client, responses, sessionId);
  const { proof, user } = pending;
  if (user) assertMaySignIn(user);
  const failures = passwordFailures(pool, user, proof.username);
  assertNotLockedOut(pool, failures);
  if (!user || user !== asked.user || mistake !== undefined) {
    countFailure(pool, failures);
    throw refuseClaim(pool, pool.proofs, pending, mistake);
  }
  const trail = withAnswer(pool, proof.trail, user, responses);
  forgetFailures(failures);
  spendClaim(pool, pool.proofs, pending);
  return { user, proof, trail };
}

/** Finds what is wrong with a claim to have the password of a user who may sign in. */
async function findUserMistake(
  pool: Pool,
  { claim, proof, user }: PendingClaim<PendingProof>,
): Promise<string | undefined> {
  if (!user) return NO_USER;
  assertMaySignIn(user);
  const verifier = await verifierOf(pool, user);
  const mistake = await findMistake(pool, proof, verifier, identityOf(pool, user), claim);
  if (user.hasPassword && user.verifier !== verifier) return 'The password was replaced in the meantime';
  return mistake;
}

/** Checks a password that was sent. Returns its user. */
export async function verifyPassword(pool: Pool, client: Client, parameters: Parameters): Promise<User> {
  const name = required(parameters, 'USERNAME');
  const password = required(parameters, 'PASSWORD');
  const asked = pool.users.find(name);
  const fits = asked !== undefined && (await isPassword(pool, asked, password));
  // Looked for again, because another request may have removed the user or failed in the meantime
  const user = pool.users.find(name);
  if (user) assertMaySignIn(user);
  else if (!hidesUsers(client)) throw userDoesNotExist();
  const failures = passwordFailures(pool, user, canonicalName(pool, user, name));
  assertNotLockedOut(pool, failures);
  if (!user || user !== asked || !fits) {
    countFailure(pool, failures);
    throw incorrectUsernameOrPassword(user ? 'The password is wrong' : NO_USER);
  }
  forgetFailures(failures);
  return user;
}
