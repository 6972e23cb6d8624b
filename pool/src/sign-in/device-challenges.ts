/** DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a remembered device proves itself by SRP. */
import { type Parameters, required } from '../domain/admission.ts';
import { sessionMs } from '../domain/clients.ts';
import { challengedDevice, deviceDoesNotExist } from '../domain/devices.ts';
import { incorrectUsernameOrPassword, notAuthorized } from '../domain/service-exception.ts';
import type { Device, User } from '../domain/user.ts';
import type { PendingDeviceProof, Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { type Answer, type Attempt, type ChallengeReply, challenge, type Reply, tokens } from './attempt.ts';
import {
  findMistake,
  findPendingClaim,
  readSrpA,
  refuseClaim,
  spendClaim,
  verifierChallenge,
} from './password-claim.ts';
import type { AwaitedOf, Session } from './sessions.ts';
import { withAnswer, withSource } from './trail.ts';

/** Challenges the device that the client named, if the pool challenges that device. */
export function deviceChallenge(attempt: Attempt): ChallengeReply | undefined {
  const device = challengedDevice(attempt.pool, attempt.user, attempt.trail.deviceKey);
  if (!device) return undefined;
  return challenge(
    attempt,
    { challengeName: 'DEVICE_SRP_AUTH', deviceKey: device.key },
    { USERNAME: attempt.username },
  );
}

/**
 * Finds the sign-in that waits for a device, for an answer without its Session.
 *
 * @throws ServiceException NotAuthorizedException if none waits for this device. AWS's text is not known.
 */
export function findWaitingDevice(
  pool: Pool,
  { ClientId: clientId }: Client,
  username: string,
  responses: Parameters,
): Session {
  const key = required(responses, 'DEVICE_KEY');
  const session = pool.sessions.findNewest(
    ({ awaited, ...owner }) =>
      owner.clientId === clientId &&
      owner.username === username &&
      awaited.challengeName === 'DEVICE_SRP_AUTH' &&
      awaited.deviceKey === key,
  );
  if (!session) throw notAuthorized('Invalid session for the user.', 'No sign-in waits for this device');
  return session;
}

export async function answerDeviceSrpAuth(answer: Answer<AwaitedOf<'DEVICE_SRP_AUTH'>>): Promise<Reply> {
  const { pool, client, kind, username, user, trail, session, awaited, responses } = answer;
  const A = readSrpA(responses);
  const device = findAskedDevice(pool, user, awaited.deviceKey, responses);
  session.used = true;
  const { ephemeral, secretBlock, parameters } = await verifierChallenge(pool, A, device.verifier);
  const { ClientId: clientId } = client;
  const verifierSession =
    pool.sessionPlacement.DEVICE_PASSWORD_VERIFIER === 'present'
      ? pool.sessions.open(
          { clientId, username, kind, trail, awaited: { challengeName: 'DEVICE_PASSWORD_VERIFIER' } },
          sessionMs(client),
        )
      : undefined;
  const proof: PendingDeviceProof = {
    ...ephemeral,
    clientId,
    username,
    kind,
    trail,
    session: verifierSession,
    deviceKey: device.key,
  };
  pool.deviceProofs.put(secretBlock, proof, sessionMs(client));
  return {
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
    ChallengeParameters: { ...parameters, DEVICE_KEY: device.key, USERNAME: username },
    ...(verifierSession && { Session: verifierSession.id }),
  };
}

/** Judges the proof of a device. A right proof ends the sign-in with tokens. */
export async function answerDevicePasswordVerifier(
  pool: Pool,
  client: Client,
  responses: Parameters,
  sessionId: string | undefined,
  clientMetadata: Attempt['clientMetadata'],
): Promise<Reply> {
  const find = () => findDeviceClaim(pool, client, responses, sessionId);
  const { pending: asked, device } = find();
  const identity = device.groupKey + device.key;
  const mistake = await findMistake(pool, asked.proof, device.verifier, identity, asked.claim);
  // Looked for again, because another request may have spent the challenge or forgotten the device in the meantime
  const { pending, user, trail } = find();
  const { proof } = pending;
  if (mistake !== undefined) throw refuseClaim(pool, pool.deviceProofs, pending, mistake);
  spendClaim(pool, pool.deviceProofs, pending);
  const { username } = user;
  const attempt = { pool, client, kind: proof.kind, username, user, trail, clientMetadata };
  return tokens(withSource(attempt, 'TokenGeneration_AuthenticateDevice'));
}

/** Finds the challenge that is answered, with its user and its device, which may have changed since it was asked. */
function findDeviceClaim(pool: Pool, client: Client, responses: Parameters, sessionId: string | undefined) {
  const mayLackSession = pool.deviceSession === 'optional';
  const pending = findPendingClaim(pool, pool.deviceProofs, client, responses, sessionId, mayLackSession);
  const { proof, user } = pending;
  if (!user) throw incorrectUsernameOrPassword();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const trail = withAnswer(pool, proof.trail, user, responses);
  const device = findAskedDevice(pool, user, proof.deviceKey, responses);
  return { pending, user, trail, device };
}

/**
 * Finds the device that was challenged.
 *
 * @throws ServiceException if the answer names another device, or the device has been forgotten since
 */
function findAskedDevice(pool: Pool, user: User, asked: string, responses: Parameters) {
  const key = required(responses, 'DEVICE_KEY');
  const device = challengedDevice(pool, user, key);
  if (!hasVerifier(device)) throw deviceDoesNotExist();
  if (key !== asked) throw incorrectUsernameOrPassword();
  return device;
}

const hasVerifier = (
  device: Device | undefined,
): device is Device & { readonly verifier: NonNullable<Device['verifier']> } =>
  device?.verifier !== undefined;
