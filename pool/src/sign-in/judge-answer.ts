/**
 * RespondToAuthChallenge and AdminRespondToAuthChallenge: judge an answer, then ask the next challenge or send
 * tokens.
 */

import { assertSecretHash, clientOf, required } from '../domain/admission.ts';
import { canonicalName } from '../domain/canonical-name.ts';
import { notAuthorized, wrongAnswer } from '../domain/service-exception.ts';
import type { Inputs } from '../model/types.generated.ts';
import type { Pool } from '../service/pool.ts';
import type { Reply } from './attempt.ts';
import { answerChallenge, isSessionChallenge, requiredResponses } from './challenges.ts';
import { afterCustomPassword } from './custom-auth.ts';
import { answerDevicePasswordVerifier, findWaitingDevice } from './device-challenges.ts';
import { afterPassword } from './next-step.ts';
import { verifyPasswordClaim } from './password-flows.ts';
import { withAnswer } from './trail.ts';

export async function respondToAuthChallenge(
  pool: Pool,
  input: Inputs['RespondToAuthChallenge'],
): Promise<Reply> {
  const { ChallengeName: name, ChallengeResponses: responses, ClientMetadata: clientMetadata } = input;
  const client = clientOf(pool, input.ClientId);
  const typed = required(responses, 'USERNAME');
  for (const each of requiredResponses(name)) required(responses, each);
  const isProof = name === 'PASSWORD_VERIFIER' || name === 'DEVICE_PASSWORD_VERIFIER';
  const mayLackSession = name === 'DEVICE_SRP_AUTH' && pool.deviceSession === 'optional';
  if (!isProof && !mayLackSession) required({ Session: input.Session }, 'Session');
  assertSecretHash(client, typed, responses['SECRET_HASH']);
  if (name === 'PASSWORD_VERIFIER') {
    const { user, proof, trail } = await verifyPasswordClaim(pool, client, responses, input.Session);
    const { username } = user;
    const attempt = { pool, client, kind: proof.kind, username, user, trail, clientMetadata };
    // Reported, not documented: in CUSTOM_AUTH a temporary password is replaced first, and the sign-in then ends with
    // tokens
    return proof.kind === 'CUSTOM_AUTH' && user.status !== 'FORCE_CHANGE_PASSWORD'
      ? afterCustomPassword(attempt, proof.results)
      : afterPassword(attempt);
  }
  if (name === 'DEVICE_PASSWORD_VERIFIER') {
    return answerDevicePasswordVerifier(pool, client, responses, input.Session, clientMetadata);
  }
  const user = pool.users.find(typed);
  const username = canonicalName(pool, user, typed);
  const session =
    input.Session === undefined
      ? findWaitingDevice(pool, client, username, responses)
      : pool.sessions.get(input.Session, { clientId: client.ClientId, username });
  if (user && !user.enabled) throw notAuthorized('User is disabled.');
  const { awaited, kind } = session;
  if (awaited.challengeName !== name || !isSessionChallenge(name)) throw wrongAnswer();
  return answerChallenge(name, {
    pool,
    client,
    kind,
    username,
    user,
    trail: withAnswer(pool, session.trail, user, responses),
    session,
    awaited: awaited as Extract<typeof awaited, { challengeName: typeof name }>,
    responses,
    clientMetadata,
  });
}
