/** DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a remembered device proves itself by SRP. */
import { type Parameters, required } from '../admission.ts';
import { challengedDevice, deviceDoesNotExist } from '../devices.ts';
import type { ClientOptions } from '../options.ts';
import { incorrectUsernameOrPassword, notAuthorized } from '../service-exception.ts';
import type { PendingDeviceProof, PoolState } from '../state.ts';
import type { Device, User } from '../users.ts';
import { type Answer, type Attempt, type ChallengeReply, challenge, tokens } from './attempt.ts';
import {
  claimFits,
  findPendingClaim,
  readSrpA,
  refuseClaim,
  spendClaim,
  verifierChallenge,
} from './password-claim.ts';
import type { AwaitedOf } from './sessions.ts';
import { withAnswer } from './trail.ts';

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

export async function answerDeviceSrpAuth(answer: Answer<AwaitedOf<'DEVICE_SRP_AUTH'>>): Promise<object> {
  const { pool, client, kind, username, user, trail, session, awaited, responses } = answer;
  const A = readSrpA(responses);
  const device = findAskedDevice(pool, user, awaited.deviceKey, responses);
  session.used = true;
  const { ephemeral, secretBlock, parameters } = verifierChallenge(pool, A, device.verifier);
  const { clientId } = client;
  const verifierSession =
    pool.sessionPlacement.DEVICE_PASSWORD_VERIFIER === 'present'
      ? pool.sessions.open({
          clientId,
          username,
          kind,
          trail,
          awaited: { challengeName: 'DEVICE_PASSWORD_VERIFIER' },
        })
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
  pool.deviceProofs.put(secretBlock, proof);
  return {
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
    ChallengeParameters: { ...parameters, DEVICE_KEY: device.key, USERNAME: username },
    ...(verifierSession && { Session: verifierSession.id }),
  };
}

/** Judges the proof of a device. A right proof ends the sign-in with tokens. */
export async function answerDevicePasswordVerifier(
  pool: PoolState,
  client: ClientOptions,
  responses: Parameters,
  sessionId: string | undefined,
): Promise<object> {
  const pending = findPendingClaim(pool, pool.deviceProofs, client, responses, sessionId);
  const { claim, proof, user } = pending;
  if (!user) throw incorrectUsernameOrPassword();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const trail = withAnswer(pool, proof.trail, user, responses);
  const device = findAskedDevice(pool, user, proof.deviceKey, responses);
  if (!claimFits(pool, proof, device.verifier, device.groupKey + device.key, claim)) {
    throw refuseClaim(pool, pool.deviceProofs, pending);
  }
  spendClaim(pool, pool.deviceProofs, pending);
  return tokens({ pool, client, kind: proof.kind, username: user.username, user, trail });
}

/**
 * Finds the device that was challenged.
 *
 * @throws ServiceException if the answer names another device, or the device has been forgotten since
 */
function findAskedDevice(pool: PoolState, user: User, asked: string, responses: Parameters) {
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
