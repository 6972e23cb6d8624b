/** A handler for each trigger, as one would write it for Lambda. They note their events where the test finds them. */

globalThis.triggerEvents ??= [];
const noted = globalThis.triggerEvents;

/** @param fill fills in the response */
const handler = (fill) => async (event) => {
  noted.push(structuredClone(event));
  fill?.(event.request, event.response);
  return event;
};

export const PreSignUp = handler((_request, response) => {
  response.autoConfirmUser = true;
});
export const PostConfirmation = handler();
export const PreAuthentication = handler();
export const PostAuthentication = handler();
export const PreTokenGeneration = handler((_request, response) => {
  response.claimsOverrideDetails = { claimsToAddOrOverride: { team: 'blue' } };
});
export const UserMigration = handler((_request, response) => {
  response.userAttributes = { email: 'alice@example.com', email_verified: 'true' };
  response.finalUserStatus = 'CONFIRMED';
  response.messageAction = 'SUPPRESS';
});
export const CustomMessage = handler((request, response) => {
  response.emailSubject = 'Blue team';
  response.emailMessage = `Your blue code is ${request.codeParameter}`;
});
export const DefineAuthChallenge = handler((request, response) => {
  if (request.session.at(-1)?.challengeResult) response.issueTokens = true;
  else response.challengeName = 'CUSTOM_CHALLENGE';
});
export const CreateAuthChallenge = handler((_request, response) => {
  response.publicChallengeParameters = { question: 'Which colour?' };
  response.privateChallengeParameters = { answer: 'blue' };
});
export const VerifyAuthChallengeResponse = handler((request, response) => {
  response.answerCorrect = request.challengeAnswer === request.privateChallengeParameters.answer;
});
export const CustomEmailSender = handler();
export const CustomSMSSender = handler();
export const InboundFederation = handler((_request, response) => {
  response.userAttributesToMap = { email: 'blue@example.com' };
});
