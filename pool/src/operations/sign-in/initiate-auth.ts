/** InitiateAuth: begins a sign-in, or refreshes tokens. */
import { initiateAuth as startSignIn } from '../../sign-in/flow-table.ts';
import { poolOperation } from '../operation.ts';

export const initiateAuth = poolOperation('InitiateAuth', { access: 'public' }, startSignIn);
