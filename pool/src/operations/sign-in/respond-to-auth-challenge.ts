/** RespondToAuthChallenge: judges an answer, then asks the next challenge or sends tokens. */
import { respondToAuthChallenge as judgeAnswer } from '../../sign-in/judge-answer.ts';
import { poolOperation } from '../operation.ts';

export const respondToAuthChallenge = poolOperation(
  'RespondToAuthChallenge',
  { access: 'public' },
  judgeAnswer,
);
