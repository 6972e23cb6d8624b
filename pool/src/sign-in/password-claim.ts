/** Asks and judges both verifier challenges: PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER. */
import { bytesOf, type Parameters, required, sameBytes } from '../domain/admission.ts';
import { canonicalName } from '../domain/canonical-name.ts';
import type { ExpiringStore } from '../domain/expiring-store.ts';
import {
  incorrectUsernameOrPassword,
  invalidParameter,
  notAuthorized,
  type ServiceException,
} from '../domain/service-exception.ts';
import { EPHEMERAL_BYTES, type HostEphemeral, type Verifier } from '../domain/srp-host.ts';
import { readTimestamp } from '../domain/timestamp.ts';
import type { User } from '../domain/user.ts';
import type { Pending, Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';

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
export async function verifierChallenge({ random, arithmetic }: Pool, A: bigint, verifier: Verifier) {
  const bytes = random.bytes(EPHEMERAL_BYTES);
  const secretBlock = random.base64(SECRET_BLOCK_BYTES);
  const { B, ephemeral } = await arithmetic.run('answerA', A, verifier, bytes);
  return {
    ephemeral,
    secretBlock,
    parameters: {
      SALT: verifier.salt.toString(16),
      SECRET_BLOCK: secretBlock,
      SRP_B: B.toString(16),
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
 * @param mayLackSession whether an answer without a Session is taken, although the challenge had one
 * @throws ServiceException InvalidParameterException, NotAuthorizedException
 */
export function findPendingClaim<Proof extends Pending>(
  pool: Pool,
  proofs: ExpiringStore<Proof>,
  { ClientId: clientId }: Client,
  responses: Parameters,
  sessionId: string | undefined,
  mayLackSession = false,
): PendingClaim<Proof> {
  const name = required(responses, 'USERNAME');
  const claim = readClaim(responses);
  const pending = proofs.get(claim.secretBlock);
  const proof = pending?.value;
  const user = pool.users.find(name);
  const username = canonicalName(pool, user, name);
  if (!proof || pending.expired || proof.clientId !== clientId || username !== proof.username) {
    throw incorrectUsernameOrPassword();
  }
  if (proof.session) {
    const lacking = mayLackSession ? proof.session.id : undefined;
    const sent = pool.sessions.get(required({ Session: sessionId ?? lacking }, 'Session'), { clientId });
    if (sent !== proof.session) throw notAuthorized('Invalid session for the user.');
  }
  return { claim, proof, user };
}

/** Notes a right proof. Its Session cannot be used again. */
export function spendClaim<Proof extends Pending>(
  pool: Pool,
  proofs: ExpiringStore<Proof>,
  { claim, proof }: PendingClaim<Proof>,
): void {
  if (pool.secretBlockOnce) proofs.delete(claim.secretBlock);
  if (proof.session) proof.session.used = true;
}

/**
 * Makes the refusal of a wrong proof. It ends the attempt, in contrast to a wrong code.
 *
 * @param reason for the log
 */
export function refuseClaim<Proof extends Pending>(
  pool: Pool,
  proofs: ExpiringStore<Proof>,
  { claim, proof }: PendingClaim<Proof>,
  reason: string | undefined,
): ServiceException {
  if (pool.secretBlockOnce) proofs.delete(claim.secretBlock);
  if (proof.session) pool.sessions.drop(proof.session.id);
  return incorrectUsernameOrPassword(reason);
}

/**
 * Checks that the signature proves the password of the verifier, and that its time is close to the pool's clock.
 *
 * @returns what is wrong, for the log, or undefined for a right proof
 */
export async function findMistake(
  pool: Pool,
  { A, b, u }: HostEphemeral,
  verifier: Verifier,
  identity: string,
  { secretBlock, signature, time, canonical }: PasswordClaim,
): Promise<string | undefined> {
  // The time of the request counts, not the time at which the calculation ends
  const now = pool.now();
  const block = bytesOf(secretBlock) ?? new Uint8Array();
  // Only the numbers, because another thread cannot be sent everything that is kept of a challenge
  const ephemeral = { A, b, u };
  const expected = await pool.arithmetic.run(
    'expectedSignature',
    ephemeral,
    verifier,
    identity,
    block,
    canonical,
  );
  if (Math.abs(time - now) > pool.timestampToleranceMs) {
    // TIMESTAMP has whole seconds
    return `TIMESTAMP is ${formatSeconds(Math.abs(time / 1000 - Math.floor(now / 1000)))} off`;
  }
  return sameBytes(expected, bytesOf(signature)) ? undefined : 'PASSWORD_CLAIM_SIGNATURE is wrong';
}

/** `43 200 s` */
const formatSeconds = (seconds: number): string => `${String(seconds).replace(/\B(?=(\d{3})+$)/g, ' ')} s`;
