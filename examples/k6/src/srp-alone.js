/** A sign-in by the cryptography alone: the script sends the two requests itself. The bundle is a third of the whole engine's. */
import { generateEphemeral, passwordVerifierResponses, srpAuthParameters } from 'cognito-srp-engine/srp';
import { call } from './call.js';
import { measure } from './figures.js';
import { nextCredentials, pool, rng } from './pool.js';

export { options } from './figures.js';

export default function () {
  return measure(async () => {
    const { username, password } = nextCredentials();
    const ephemeral = generateEphemeral(rng);
    const started = await call('InitiateAuth', {
      ClientId: pool.clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: srpAuthParameters(ephemeral, { username }),
    });
    if (started.ChallengeName !== 'PASSWORD_VERIFIER') return started.ChallengeName;
    const claim = { userPoolId: pool.userPoolId, username, password, now: Date.now() };
    const answered = await call('RespondToAuthChallenge', {
      ClientId: pool.clientId,
      ChallengeName: started.ChallengeName,
      Session: started.Session,
      ChallengeResponses: passwordVerifierResponses(ephemeral, started.ChallengeParameters, claim),
    });
    return answered.ChallengeName ?? 'signed-in';
  });
}
