/** One sign-in on its way: who signs in where, and the reply that asks for the next answer. */
import type { Parameters } from '../admission.ts';
import { changeDevice, confirmedDevice, issueDevice } from '../devices.ts';
import type { ClientOptions } from '../options.ts';
import { type ServiceException, wrongAnswer } from '../service-exception.ts';
import type { PoolState } from '../state.ts';
import type { Device, User } from '../users.ts';
import type { Awaited, Session, SignInKind, Trail } from './sessions.ts';
import { withReply } from './trail.ts';

/** What InitiateAuth has found good before a flow begins. */
export interface Start {
  readonly pool: PoolState;
  readonly client: ClientOptions;
  readonly parameters: Parameters;
  /** Of ConfirmSignUp. */
  readonly session: string | undefined;
}

/** A sign-in of somebody who may not exist. */
export interface UnknownAttempt {
  readonly pool: PoolState;
  readonly client: ClientOptions;
  readonly kind: SignInKind;
  /** Canonical; of a hidden user, what was typed. */
  readonly username: string;
  readonly user: User | undefined;
  readonly trail: Trail;
}

export interface Attempt extends UnknownAttempt {
  readonly user: User;
}

/** An answer to the challenge of a Session that has been found good. */
export type Answer<A extends Awaited = Awaited, Who extends UnknownAttempt = Attempt> = Who & {
  readonly session: Session;
  readonly awaited: A;
  readonly responses: Parameters;
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
};

/** A challenge of InitiateAuth or RespondToAuthChallenge. */
export interface ChallengeReply {
  readonly ChallengeName: string;
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly Session: string;
}

export function challenge(
  { pool, client, kind, username, trail }: UnknownAttempt,
  awaited: Awaited,
  ChallengeParameters: Readonly<Record<string, string>>,
): ChallengeReply {
  const { id } = pool.sessions.open({
    clientId: client.clientId,
    username,
    kind,
    trail: withReply(trail, username, ChallengeParameters),
    awaited,
  });
  return { ChallengeName: awaited.challengeName, ChallengeParameters, Session: id };
}

/** A code that does not fit. It leaves the session good, unless the pool is set otherwise. */
export function wrongCode(
  { pool, session }: Pick<Answer, 'pool' | 'session'>,
  refusal: ServiceException = wrongAnswer(),
): ServiceException {
  if (!pool.wrongCodeKeepsSession) session.used = true;
  return refusal;
}

/** The end of a sign-in. A device that is not known yet is issued with the tokens. */
export async function tokens(attempt: Attempt): Promise<object> {
  const { pool, client, user } = attempt;
  const device = deviceOf(attempt);
  const time = pool.now();
  const { grant, token } = pool.grants.open(user, client, device?.key, time);
  const { TokenType, ...issued } = await pool.tokens.issue(user, grant, time);
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      ...issued,
      RefreshToken: token,
      TokenType,
      ...(device?.confirmed === false && {
        NewDeviceMetadata: { DeviceKey: device.key, DeviceGroupKey: device.groupKey },
      }),
    },
  };
}

function deviceOf({ pool, user, trail }: Attempt): Device | undefined {
  if (!pool.devices) return undefined;
  const known = confirmedDevice(user, trail.deviceKey);
  // Reported of the service, not documented: ConfirmDevice refuses the key after an answer by alias where the reply
  // before had shown USERNAME or USER_ID_FOR_SRP
  if (!known) return issueDevice(pool, user, !trail.answeredByAlias);
  changeDevice(user, known, { lastAuthenticatedAt: pool.now() });
  return known;
}
