/** GetUserPoolSessionConfiguration: whether the pool tracks the sessions of its users, and how many each may have. */
import { DEFAULT_MAX_SESSIONS } from '../../settings/rules.ts';
import { poolOperation } from '../operation.ts';

export const getUserPoolSessionConfiguration = poolOperation(
  'GetUserPoolSessionConfiguration',
  { access: 'iam' },
  async (pool) => ({
    TokenSession: { MaxPerUser: DEFAULT_MAX_SESSIONS },
    ...pool.settings.session,
    UserPoolId: pool.userPoolId,
  }),
);
