/** InitiateAuth and RespondToAuthChallenge, or their admin twins: what goes into each, what each reply teaches. */
import { ArgumentError, ProtocolError, ServiceError } from '../errors.ts';
import { secretHashOf } from '../srp/password-verifier.ts';
import type { Attempt } from './attempt.ts';
import type { CallOptions, Connection } from './call.ts';
import { type DeviceProblem, deviceRefusal, isDeviceChallenge, leaveOut } from './known-device.ts';
import type { AuthReply, ContextData, InitiateAuthInput } from './operations.ts';
import { readAuthReply } from './step.ts';

export interface AdminOptions extends CallOptions {
  /**
   * AdminInitiateAuth and AdminRespondToAuthChallenge instead: for servers, with a `transport` that signs
   * its calls (the AWS SDK's client).
   */
  readonly admin?: true | { readonly contextData?: ContextData } | undefined;
}

export interface AuthOperations {
  readonly initiate: (attempt: Attempt, input: InitiateAuthInput) => Promise<AuthReply>;
  /** Adds USERNAME, SECRET_HASH and DEVICE_KEY to the responses. */
  readonly respond: (
    attempt: Attempt,
    challengeName: string,
    responses: Readonly<Record<string, string>>,
    session: string | undefined,
  ) => Promise<AuthReply>;
}

/** @throws ArgumentError OPTION_INVALID for an admin call that nothing signs */
export function authOperations(
  { pool, metadata, call }: Connection,
  { admin, transport }: AdminOptions,
  needsAdmin: boolean,
): AuthOperations {
  if (needsAdmin && !admin)
    throw optionNeeded('admin', '"ADMIN_USER_PASSWORD_AUTH" needs the option "admin"');
  if (admin && !transport)
    throw optionNeeded('transport', '"admin" needs a "transport" that signs its calls');

  const { UserContextData: _, ...adminMetadata } = metadata;
  const contextData = typeof admin === 'object' && admin.contextData;
  const common = admin
    ? { UserPoolId: pool.userPoolId, ...adminMetadata, ...(contextData && { ContextData: contextData }) }
    : metadata;

  const send = async (attempt: Attempt, challengeName: string, responses: Responses, session?: string) => {
    const USERNAME = responses['USERNAME'] ?? attempt.username;
    const { device } = attempt.deviceState;
    const ChallengeResponses = {
      USERNAME,
      ...responses,
      ...secretHashOf(USERNAME, pool),
      ...(device && { DEVICE_KEY: device.key }),
    };
    const operation = admin ? 'AdminRespondToAuthChallenge' : 'RespondToAuthChallenge';
    const reply = await call<'RespondToAuthChallenge' | 'AdminRespondToAuthChallenge'>(operation, {
      ClientId: pool.clientId,
      ChallengeName: challengeName,
      ChallengeResponses,
      ...(session !== undefined && { Session: session }),
      ...common,
    });
    return learn(attempt, operation, reply);
  };

  return {
    initiate: async (attempt, input) => {
      const operation = admin ? 'AdminInitiateAuth' : 'InitiateAuth';
      const reply = await call<'InitiateAuth' | 'AdminInitiateAuth'>(operation, { ...input, ...common });
      return learn(attempt, operation, reply);
    },
    respond: async (attempt, challengeName, responses, session) => {
      const { deviceState } = attempt;
      attempt.answering = challengeName;
      try {
        return await send(attempt, challengeName, responses, session);
      } catch (error) {
        const problem = refusedDevice(error, attempt);
        if (!problem || isDeviceChallenge(challengeName)) throw error;
        // "Device does not exist." does not spend the challenge: the official clients send it again, too.
        leaveOut(deviceState, problem);
        return send(attempt, challengeName, responses, session);
      }
    },
  };
}

type Responses = Readonly<Record<string, string>>;

/** What to say of the device, where it is why the service refused. */
export const refusedDevice = (
  error: unknown,
  { answering, deviceState }: Attempt,
): DeviceProblem | undefined => {
  if (deviceState.device) return error instanceof ServiceError ? deviceRefusal(error, answering) : undefined;
  // Left out after its key was sent: the service asks for it all the same
  const asked = error instanceof ProtocolError && error.code === 'CHALLENGE_UNEXPECTED';
  return asked ? deviceState.problem : undefined;
};

/** Every reply may tell the canonical user and the service's clock. */
function learn(
  attempt: Attempt,
  operation: string,
  { output, clockOffsetMs }: Awaited<ReturnType<Connection['call']>>,
): AuthReply {
  const reply = readAuthReply(operation, output);
  const { USER_ID_FOR_SRP, USERNAME } = reply.ChallengeParameters ?? {};
  const canonical = USER_ID_FOR_SRP || USERNAME;
  if (canonical) {
    attempt.username = canonical;
    attempt.canonical = true;
  }
  attempt.clockOffsetMs = clockOffsetMs ?? attempt.clockOffsetMs;
  return reply;
}

const optionNeeded = (field: string, message: string) => new ArgumentError('OPTION_INVALID', field, message);
