/** AdminInitiateAuth: InitiateAuth for a server, which may also send the password. */
import { adminInitiateAuth as startSignIn } from '../../sign-in/flow-table.ts';
import { poolOperation } from '../operation.ts';

export const adminInitiateAuth = poolOperation('AdminInitiateAuth', { access: 'iam' }, startSignIn);
