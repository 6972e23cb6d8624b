/** The question that the pool asks of its own after the password. On AWS these are three Lambda functions. */
const isRight = ({ challengeName, challengeResult }) =>
  challengeName === 'CUSTOM_CHALLENGE' && challengeResult;

export function DefineAuthChallenge(event) {
  const { session } = event.request;
  const challengeName = session.at(-1)?.challengeName === 'SRP_A' ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE';
  event.response.issueTokens = session.some(isRight);
  event.response.failAuthentication = session.length > 5;
  event.response.challengeName = challengeName;
  return event;
}

export function CreateAuthChallenge(event) {
  event.response.publicChallengeParameters = { question: 'The colour of the sky?' };
  event.response.privateChallengeParameters = { answer: 'blue' };
  return event;
}

export function VerifyAuthChallengeResponse(event) {
  const { challengeAnswer, privateChallengeParameters } = event.request;
  event.response.answerCorrect = challengeAnswer === privateChallengeParameters.answer;
  return event;
}
