/** ConfirmForgotPassword: sets a new password by the code of ForgotPassword. */
import { hidesUsers } from '../../domain/clients.ts';
import { codeExpired } from '../../domain/codes.ts';
import { assertNewPassword, passwordChanges } from '../../domain/passwords.ts';
import { NO_FAILURES } from '../../domain/user.ts';
import { postConfirmation } from '../../triggers/post-confirmation.ts';
import { poolOperation } from '../operation.ts';
import { combinationNotFound, findCheckedClient } from '../sign-up/checked-client.ts';

export const confirmForgotPassword = poolOperation(
  'ConfirmForgotPassword',
  { access: 'public' },
  async (pool, input) => {
    const client = findCheckedClient(pool, input);
    const user = pool.users.find(input.Username);
    if (!user) throw hidesUsers(client) ? codeExpired() : combinationNotFound();
    const findCode = () => pool.codes.confirm('ConfirmForgotPassword', user.username, input.ConfirmationCode);
    findCode();
    await assertNewPassword(pool, user, input.Password);
    const changes = await passwordChanges(pool, user, input.Password);
    // Looked for again, because another request may have used the code in the meantime
    findCode().spend();
    pool.users.update(user, { ...changes, status: 'CONFIRMED', failures: NO_FAILURES });
    await postConfirmation(pool, {
      source: 'PostConfirmation_ConfirmForgotPassword',
      user,
      clientId: client.ClientId,
      clientMetadata: input.ClientMetadata,
    });
    return {};
  },
);
