/**
 * A sign-in in progress: who signs in with which client, the replies that ask a challenge, and the tokens at the end.
 */
import { assertStillThere, type Parameters } from '../domain/admission.ts';
import { sessionMs } from '../domain/clients.ts';
import { changeDevice, confirmedDevice, issueDevice } from '../domain/devices.ts';
import { issueTokens } from '../domain/issue.ts';
import { notAuthorized, type ServiceException, wrongAnswer } from '../domain/service-exception.ts';
import { endSurplusSessions } from '../domain/session-limit.ts';
import type { Device, User } from '../domain/user.ts';
import type { ChallengeNameType, Outputs } from '../model/types.generated.ts';
import type { ManagedLogin, Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { postAuthentication } from '../triggers/post-authentication.ts';
import { LOGIN_TICKET } from './login-ticket.ts';
import type { Awaited, AwaitedChallenge, Session, SignInKind, Trail } from './sessions.ts';
import { withReply } from './trail.ts';

/** What InitiateAuth has checked before a flow begins. */
export interface Start {
  readonly pool: Pool;
  readonly client: Client;
  readonly parameters: Parameters;
  /** The Session of ConfirmSignUp, if the client sent it. */
  readonly session: string | undefined;
}

/** A sign-in of a user who may not exist. */
export interface UnknownAttempt {
  readonly pool: Pool;
  readonly client: Client;
  readonly kind: SignInKind;
  /** The canonical name. For a user who does not exist, the name that was typed. */
  readonly username: string;
  readonly user: User | undefined;
  readonly trail: Trail;
  /** The ClientMetadata of RespondToAuthChallenge, which triggers get. That of InitiateAuth is not passed on. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** A sign-in of a user who exists. */
export interface Attempt extends UnknownAttempt {
  readonly user: User;
}

/** An answer to a challenge, after its Session has been checked. */
export type Answer<A extends Awaited = Awaited, Who extends UnknownAttempt = Attempt> = Who & {
  readonly session: Session;
  readonly awaited: A;
  readonly responses: Parameters;
};

/** What InitiateAuth and RespondToAuthChallenge reply: a challenge, or the tokens. */
export type Reply = Outputs['InitiateAuth'];

/** A reply of InitiateAuth or RespondToAuthChallenge that asks a challenge. */
export interface ChallengeReply {
  readonly ChallengeName: ChallengeNameType;
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly Session: string;
}

/** @throws ServiceException NotAuthorizedException if the user was removed while a trigger or a calculation ran */
export function challenge(
  { pool, client, kind, username, user, trail }: UnknownAttempt,
  awaited: AwaitedChallenge,
  ChallengeParameters: Readonly<Record<string, string>>,
): ChallengeReply {
  // What this user has proved must not become the session of another user with the same name
  if (pool.users.find(username)?.sub !== user?.sub) throw notAuthorized('Invalid session for the user.');
  const session = {
    clientId: client.ClientId,
    username,
    kind,
    trail: withReply(trail, username, ChallengeParameters),
    awaited,
  };
  const { id } = pool.sessions.open(session, sessionMs(client));
  return { ChallengeName: awaited.challengeName, ChallengeParameters, Session: id };
}

/** Makes the refusal of a wrong code. The session stays valid, unless the option `wrongCodeKeepsSession` is false. */
export function wrongCode(
  { pool, session }: Pick<Answer, 'pool' | 'session'>,
  refusal: ServiceException = wrongAnswer(),
): ServiceException {
  if (!pool.wrongCodeKeepsSession) session.used = true;
  return refusal;
}

/**
 * Ends a sign-in with tokens. If it named no confirmed device, a new one is issued with them. PostAuthentication runs before
 * PreTokenGeneration, as AWS's table has it. LocalStack's log has them the other way round.
 */
export async function tokens(attempt: Attempt): Promise<Reply> {
  const { pool, client, user, clientMetadata, trail } = attempt;
  assertStillThere(pool, user);
  const newDeviceUsed = pool.devices !== undefined && !confirmedDevice(user, trail.deviceKey);
  await postAuthentication(pool, { client, user, newDeviceUsed, clientMetadata });
  assertStillThere(pool, user);
  const device = deviceOf(attempt);
  if (pool.managedLogin) return ticketReply(attempt, device, pool.managedLogin);
  const time = pool.now();
  // The guide says that the claims are added in response to TARGET_ACR_VALUES. Tokens of other sign-ins were seen without.
  const hasLevel = trail.targetLevel > 0;
  const tracked = pool.userSessionTracking;
  const signIn = { deviceKey: device?.key, methods: trail.methods, hasLevel, tracked };
  const { grant, token } = pool.grants.open(user, client, signIn, time);
  const { source } = trail;
  const { TokenType, ...issued } = await issueTokens(pool, { user, grant, time, source, clientMetadata });
  endSurplusSessions(pool, user, grant, time);
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

/** Ends a sign-in through the page of managed login. Tokens never reach the page. */
function ticketReply(
  { pool, client, user, trail }: Attempt,
  device: Device | undefined,
  { browser, targetLevel }: ManagedLogin,
): Reply {
  const Session = pool.tickets.open({
    clientId: client.ClientId,
    username: user.username,
    browser,
    signIn: {
      methods: trail.methods,
      hasLevel: Math.max(trail.targetLevel, targetLevel) > 0,
      deviceKey: device?.key,
    },
  });
  return {
    // AWS's model does not have the name
    ChallengeName: LOGIN_TICKET as ChallengeNameType,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      ...(device?.confirmed === false && { DEVICE_KEY: device.key, DEVICE_GROUP_KEY: device.groupKey }),
    },
    Session,
  };
}

function deviceOf({ pool, user, trail }: Attempt): Device | undefined {
  if (!pool.devices) return undefined;
  const known = confirmedDevice(user, trail.deviceKey);
  // Reported, not documented: ConfirmDevice refuses the key if a challenge was answered with an alias after a reply had
  // shown USERNAME or USER_ID_FOR_SRP
  if (!known) return issueDevice(pool, user, !trail.answeredByAlias);
  changeDevice(pool, user, known, { lastAuthenticatedAt: pool.now() });
  return known;
}
