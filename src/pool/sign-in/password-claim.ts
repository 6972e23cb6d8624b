/** Asks and judges both verifier challenges: PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER. */
import { bytesOf, type Parameters, required, sameBytes } from '../admission.ts';
import type { ExpiringStore } from '../expiring-store.ts';
import type { ClientOptions } from '../options.ts';
import {
  incorrectUsernameOrPassword,
  invalidParameter,
  notAuthorized,
  type ServiceException,
} from '../service-exception.ts';
import { answerA, expectedSignature, type HostEphemeral, type Verifier } from '../srp-host.ts';
import type { Pending, PoolState } from '../state.ts';
import { readTimestamp } from '../timestamp.ts';
import type { User } from '../users.ts';

/** 385 bytes in hexadecimal: the length of N with its sign byte. */
const MAX_SRP_A_DIGITS = 770;
/** The service's SECRET_BLOCK is its encrypted state, and has about this many bytes. */
const SECRET_BLOCK_BYTES = 1860;

/** @throws ServiceException InvalidParameterException */
export function readSrpA(parameters: Parameters): bigint {
  const srpA = required(parameters, 'SRP_A');
  if (srpA.length > MAX_SRP_A_DIGITS || !/^[0-9a-f]+$/i.test(srpA)) throw invalidParameter('Invalid SRP_A');
  return BigInt(`0x${srpA}`);
}

/** Makes a challenge for the A of a client: the numbers to keep, and the parameters to send. */
export function verifierChallenge({ random }: PoolState, A: bigint, verifier: Verifier) {
  const ephemeral = answerA(A, verifier, random);
  const secretBlock = random.base64(SECRET_BLOCK_BYTES);
  return {
    ephemeral,
    secretBlock,
    parameters: {
      SALT: verifier.salt.toString(16),
      SECRET_BLOCK: secretBlock,
      SRP_B: ephemeral.B.toString(16),
    },
  };
}

/** An answer, as far as it can be read without knowing the user. */
interface PasswordClaim {
  readonly secretBlock: string;
  readonly signature: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** The text of TIMESTAMP that the signature must cover. */
  readonly canonical: string;
}

/** @throws ServiceException InvalidParameterException */
function readClaim(responses: Parameters): PasswordClaim {
  const secretBlock = required(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = required(responses, 'PASSWORD_CLAIM_SIGNATURE');
  return { secretBlock, signature, ...readTimestamp(required(responses, 'TIMESTAMP')) };
}

/** An answer, its user, and what was kept of its challenge. */
export interface PendingClaim<Proof extends Pending> {
  readonly claim: PasswordClaim;
  readonly proof: Proof;
  /** Undefined if the user does not exist. */
  readonly user: User | undefined;
}

/**
 * Finds the challenge that this client and user answer. The answer needs a Session only if the challenge had one.
 *
 * @throws ServiceException InvalidParameterException, NotAuthorizedException
 */
export function findPendingClaim<Proof extends Pending>(
  pool: PoolState,
  proofs: ExpiringStore<Proof>,
  { clientId }: ClientOptions,
  responses: Parameters,
  sessionId: string | undefined,
): PendingClaim<Proof> {
  const name = required(responses, 'USERNAME');
  const claim = readClaim(responses);
  const pending = proofs.get(claim.secretBlock);
  const proof = pending?.value;
  const user = pool.users.find(name);
  const username = user?.username ?? name;
  if (!proof || pending.expired || proof.clientId !== clientId || username !== proof.username) {
    throw incorrectUsernameOrPassword();
  }
  if (proof.session) {
    const sent = pool.sessions.get(required({ Session: sessionId }, 'Session'), { clientId });
    if (sent !== proof.session) throw notAuthorized('Invalid session for the user.');
  }
  return { claim, proof, user };
}

/** Notes a right proof. Its Session cannot be used again. */
export function spendClaim<Proof extends Pending>(
  pool: PoolState,
  proofs: ExpiringStore<Proof>,
  { claim, proof }: PendingClaim<Proof>,
): void {
  if (pool.secretBlockOnce) proofs.delete(claim.secretBlock);
  if (proof.session) proof.session.used = true;
}

/** Makes the refusal of a wrong proof. It ends the attempt, in contrast to a wrong code. */
export function refuseClaim<Proof extends Pending>(
  pool: PoolState,
  proofs: ExpiringStore<Proof>,
  { claim, proof }: PendingClaim<Proof>,
): ServiceException {
  if (pool.secretBlockOnce) proofs.delete(claim.secretBlock);
  if (proof.session) pool.sessions.drop(proof.session.id);
  return incorrectUsernameOrPassword();
}

/** Checks that the signature proves the password of the verifier, and that its time is close to the pool's clock. */
export function claimFits(
  pool: PoolState,
  kept: HostEphemeral,
  verifier: Verifier,
  identity: string,
  { secretBlock, signature, time, canonical }: PasswordClaim,
): boolean {
  const block = bytesOf(secretBlock) ?? new Uint8Array();
  const expected = expectedSignature(kept, verifier, identity, block, canonical);
  const inTime = Math.abs(time - pool.now()) <= pool.timestampToleranceMs;
  return inTime && sameBytes(expected, bytesOf(signature));
}
