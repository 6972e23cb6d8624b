/** ConfirmForgotPassword: sets a new password by the code of ForgotPassword. */
import { hidesUsers } from '../../domain/clients.ts';
import { codeExpired } from '../../domain/codes.ts';
import { assertNewPassword, setPassword } from '../../domain/passwords.ts';
import { NO_FAILURES } from '../../domain/user.ts';
import { poolOperation } from '../operation.ts';
import { combinationNotFound, findCheckedClient } from '../sign-up/checked-client.ts';

export const confirmForgotPassword = poolOperation(
  'ConfirmForgotPassword',
  { access: 'public' },
  async (pool, input) => {
    const client = findCheckedClient(pool, input);
    const user = pool.users.find(input.Username);
    if (!user) throw hidesUsers(client) ? codeExpired() : combinationNotFound();
    const code = pool.codes.confirm('ConfirmForgotPassword', user.username, input.ConfirmationCode);
    await assertNewPassword(pool, user, input.Password);
    code.spend();
    await setPassword(pool, user, input.Password, { status: 'CONFIRMED', failures: NO_FAILURES });
    return {};
  },
);
