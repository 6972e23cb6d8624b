/** AdminRespondToAuthChallenge: RespondToAuthChallenge for a server. */
import { respondToAuthChallenge as judgeAnswer } from '../../sign-in/judge-answer.ts';
import { poolOperation } from '../operation.ts';

export const adminRespondToAuthChallenge = poolOperation(
  'AdminRespondToAuthChallenge',
  { access: 'iam' },
  judgeAnswer,
);
