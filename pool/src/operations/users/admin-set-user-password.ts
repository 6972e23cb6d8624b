/** AdminSetUserPassword: sets a password, which is temporary unless the input says that it is permanent. */
import { assertPolicy } from '../../domain/password-policy.ts';
import { assertNewPassword, passwordChanges } from '../../domain/passwords.ts';
import { NO_FAILURES } from '../../domain/user.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

/** Measured: it revokes no tokens, and the status before it does not matter. */
export const adminSetUserPassword = poolOperation(
  'AdminSetUserPassword',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    // Earlier passwords count for permanent ones alone
    if (input.Permanent === true) await assertNewPassword(pool, user, input.Password);
    else assertPolicy(pool.passwordPolicy, input.Password);
    pool.users.update(user, {
      ...(await passwordChanges(pool, user, input.Password)),
      status: input.Permanent === true ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
      failures: NO_FAILURES,
    });
    return {};
  },
);
