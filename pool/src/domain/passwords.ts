/** Passwords of users: their verifiers, which are computed when they are first needed. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Pool } from '../service/pool.ts';
import { assertPolicy, temporaryPasswordMs } from './password-policy.ts';
import { notAuthorized, ServiceException } from './service-exception.ts';
import { fakeVerifier, SALT_BYTES, type Verifier } from './srp-host.ts';
import type { User } from './user.ts';
import type { UserChanges } from './users.ts';

type Calculating = Pick<Pool, 'poolName' | 'key' | 'arithmetic' | 'users'>;

/** What the pool and a user have in common in SRP: x = H(salt | H(poolName | username | ":" | password)). */
export const identityOf = (
  { poolName }: Pick<Pool, 'poolName'>,
  { username }: Pick<User, 'username'>,
): string => poolName + username;

/** The verifier of the user's password. For a user without a password it is one that no password fits. */
export async function verifierOf(pool: Calculating, user: User): Promise<Verifier> {
  const { verifier, seedPassword } = user;
  if (verifier) return verifier;
  if (seedPassword === undefined) return verifierForName(pool, user.username);
  // Requests at the same time must show the same salt, so it is derived from what they have in common
  const salt = hmac(sha256, pool.key, new TextEncoder().encode(`salt ${user.sub} ${user.passwordSetAt}`));
  const made = await pool.arithmetic.run(
    'createVerifier',
    identityOf(pool, user),
    seedPassword,
    salt.subarray(0, SALT_BYTES),
  );
  // The password may have been changed in the meantime
  if (user.seedPassword === seedPassword) pool.users.note(user, { verifier: made, seedPassword: undefined });
  return user.verifier ?? made;
}

/** The verifier that is shown for a name that nobody has. The same name always has the same one. */
export const verifierForName = ({ key }: Pick<Pool, 'key'>, name: string): Verifier =>
  fakeVerifier(hmac(sha256, key, new TextEncoder().encode(name)));

/** Whether it is the user's password. */
export async function isPassword(pool: Calculating, user: User, password: string): Promise<boolean> {
  if (!user.hasPassword) return false;
  const verifier = await verifierOf(pool, user);
  const fits = await pool.arithmetic.run('passwordFits', verifier, identityOf(pool, user), password);
  // The password may have been replaced in the meantime
  return fits && user.verifier === verifier;
}

/**
 * Checks a password that is going to be permanent against the policy and against the passwords before it.
 *
 * @throws ServiceException InvalidPasswordException, PasswordHistoryPolicyViolationException
 */
export async function assertNewPassword(pool: Pool, user: User, password: string): Promise<void> {
  assertPolicy(pool.passwordPolicy, password);
  const { PasswordHistorySize: size = 0 } = pool.passwordPolicy;
  if (size === 0) return;
  const earlier = [...(await currentVerifier(pool, user)), ...user.passwordHistory].slice(0, size);
  for (const verifier of earlier) {
    if (await pool.arithmetic.run('passwordFits', verifier, identityOf(pool, user), password)) {
      // AWS's text is not known.
      throw new ServiceException(
        'PasswordHistoryPolicyViolationException',
        'Password has previously been used',
      );
    }
  }
}

/** The verifier of the current password, unless that is temporary: the history has only permanent ones. */
async function currentVerifier(pool: Calculating, user: User): Promise<readonly Verifier[]> {
  if (!user.hasPassword || user.status === 'FORCE_CHANGE_PASSWORD') return [];
  return [await verifierOf(pool, user)];
}

/**
 * Checks that a temporary password can still be used. Reported of the right password; the refusal of a wrong one is not known.
 *
 * @throws ServiceException NotAuthorizedException
 */
export function assertNotExpired({ passwordPolicy, now }: Pool, user: User): void {
  if (user.status !== 'FORCE_CHANGE_PASSWORD') return;
  if (now() < user.passwordSetAt + temporaryPasswordMs(passwordPolicy)) return;
  throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
}

/**
 * The verifier of a new password. A password that an operation sets has its verifier at once, so that it is neither kept in memory nor
 * written to a data folder.
 */
export const newVerifier = (pool: Pool, user: Pick<User, 'username'>, password: string): Promise<Verifier> =>
  pool.arithmetic.run('createVerifier', identityOf(pool, user), password, pool.random.bytes(SALT_BYTES));

/**
 * What changes with a new password, which is not checked against the policy. It is computed first, so that the caller can look at
 * the user again and write without waiting in between.
 */
export async function passwordChanges(pool: Pool, user: User, password: string): Promise<UserChanges> {
  const { PasswordHistorySize: size = 0 } = pool.passwordPolicy;
  const earlier = size > 1 ? await currentVerifier(pool, user) : [];
  return {
    verifier: await newVerifier(pool, user, password),
    seedPassword: undefined,
    hasPassword: true,
    passwordSetAt: pool.now(),
    // The current password counts as one of the history
    passwordHistory: [...earlier, ...user.passwordHistory].slice(0, Math.max(0, size - 1)),
  };
}
