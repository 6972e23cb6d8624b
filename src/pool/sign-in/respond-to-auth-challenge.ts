/**
 * RespondToAuthChallenge and AdminRespondToAuthChallenge: judge an answer, then ask the next challenge or send
 * tokens.
 */
import { assertSecretHash, clientOf, type Parameters, required } from '../admission.ts';
import { notAuthorized, wrongAnswer } from '../service-exception.ts';
import type { PoolState } from '../state.ts';
import { answerChallenge, isSessionChallenge, requiredResponses } from './challenges.ts';
import { afterCustomPassword } from './custom-auth.ts';
import { answerDevicePasswordVerifier } from './device-challenges.ts';
import { afterPassword } from './next-step.ts';
import { verifyPasswordClaim } from './password-flows.ts';
import { withAnswer } from './trail.ts';

export interface RespondToAuthChallengeInput {
  readonly ClientId: string;
  readonly ChallengeName: string;
  readonly Session?: string;
  readonly ChallengeResponses: Parameters;
  readonly ClientMetadata?: Readonly<Record<string, string>>;
}

export async function respondToAuthChallenge(
  pool: PoolState,
  input: RespondToAuthChallengeInput,
): Promise<object> {
  const { ChallengeName: name, ChallengeResponses: responses, ClientMetadata: clientMetadata } = input;
  const client = clientOf(pool, input.ClientId);
  const typed = required(responses, 'USERNAME');
  for (const each of requiredResponses(name)) required(responses, each);
  const isProof = name === 'PASSWORD_VERIFIER' || name === 'DEVICE_PASSWORD_VERIFIER';
  const sessionId = isProof ? '' : required({ Session: input.Session }, 'Session');
  assertSecretHash(client, typed, responses['SECRET_HASH']);
  if (name === 'PASSWORD_VERIFIER') {
    const { user, proof, trail } = verifyPasswordClaim(pool, client, responses, input.Session);
    const attempt = { pool, client, kind: proof.kind, username: user.username, user, trail };
    // Reported, not documented: in CUSTOM_AUTH a temporary password is replaced first, and the sign-in then ends with
    // tokens
    return proof.kind === 'CUSTOM_AUTH' && user.status !== 'FORCE_CHANGE_PASSWORD'
      ? afterCustomPassword(attempt, proof.results, clientMetadata)
      : afterPassword(attempt);
  }
  if (name === 'DEVICE_PASSWORD_VERIFIER') {
    return answerDevicePasswordVerifier(pool, client, responses, input.Session);
  }
  const user = pool.users.find(typed);
  const username = user?.username ?? typed;
  const session = pool.sessions.get(sessionId, {
    clientId: client.clientId,
    username,
  });
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
