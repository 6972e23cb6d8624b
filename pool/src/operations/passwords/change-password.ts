/** ChangePassword: replaces a password that the user knows. A user without a password gets one. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { countFailure, isLockedOut, passwordFailures } from '../../domain/lockout.ts';
import { assertNewPassword, isPassword, passwordChanges } from '../../domain/passwords.ts';
import { incorrectUsernameOrPassword, ServiceException } from '../../domain/service-exception.ts';
import { NO_FAILURES } from '../../domain/user.ts';
import { poolOperation } from '../operation.ts';

/** PreviousPassword is absent for a user who has no password yet. */
export const changePassword = poolOperation('ChangePassword', { access: 'token' }, async (pool, input) => {
  const { user } = await bearerOf(pool, input.AccessToken);
  const fits = !user.hasPassword || (await isPassword(pool, user, input.PreviousPassword ?? ''));
  // Read after the calculation, because other attempts may have failed in the meantime
  const attempts = passwordFailures(pool, user, user.username);
  if (isLockedOut(pool, attempts.failures)) {
    throw new ServiceException(
      'LimitExceededException',
      'Attempt limit exceeded, please try after some time.',
    );
  }
  if (!fits) {
    countFailure(pool, attempts);
    throw incorrectUsernameOrPassword();
  }
  const { verifier } = user;
  await assertNewPassword(pool, user, input.ProposedPassword);
  const changes = await passwordChanges(pool, user, input.ProposedPassword);
  // Another request may have replaced the password that this one knew
  if (user.verifier !== verifier) throw incorrectUsernameOrPassword();
  pool.users.update(user, { ...changes, status: 'CONFIRMED', failures: NO_FAILURES });
  return {};
});
