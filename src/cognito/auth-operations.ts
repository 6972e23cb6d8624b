/** InitiateAuth and RespondToAuthChallenge, or their admin twins: what goes into each, what each reply teaches. */
import { defined } from '../defined.ts';
import { type ErrorCode, mustBe, ServiceError } from '../errors.ts';
import { secretHashOf } from '../srp/secret-hash.ts';
import type { Attempt } from './attempt.ts';
import { type CallOptions, type Connection, clock } from './call.ts';
import { type DeviceProblemCode, isDeviceChallenge, leaveOut } from './known-device.ts';
import type { AuthReply, ContextData, InitiateAuthInput, RespondToAuthChallengeInput } from './operations.ts';
import { readAuthReply } from './step.ts';

/** A server's part of `SignInOptions`. */
export interface AdminOptions extends CallOptions {
  /**
   * `true`, or `{ contextData }` for threat protection: AdminInitiateAuth and AdminRespondToAuthChallenge in place of
   * InitiateAuth and RespondToAuthChallenge. For servers, with a `transport` that signs its calls (the AWS SDK's
   * client).
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
  needsAdmin = false,
): AuthOperations {
  if (needsAdmin && !admin) throw mustBe('OPTION_INVALID', 'admin', 'given for ADMIN_USER_PASSWORD_AUTH');
  if (admin && !transport)
    throw mustBe('OPTION_INVALID', 'transport', 'one that signs its calls, with "admin"');
  const ContextData = typeof admin === 'object' ? admin.contextData : undefined;
  const common = admin
    ? { ...metadata, UserContextData: undefined, UserPoolId: pool.userPoolId, ContextData }
    : metadata;
  const [initiateAuth, respondToAuthChallenge] = admin
    ? (['AdminInitiateAuth', 'AdminRespondToAuthChallenge'] as const)
    : (['InitiateAuth', 'RespondToAuthChallenge'] as const);

  const send = async (
    attempt: Attempt,
    ChallengeName: string,
    responses: Readonly<Record<string, string>>,
    Session?: string,
  ) => {
    const USERNAME = responses['USERNAME'] ?? attempt.username;
    const output = await call(respondToAuthChallenge, {
      ClientId: pool.clientId,
      ChallengeName,
      ChallengeResponses: defined({
        ...responses,
        USERNAME,
        SECRET_HASH: secretHashOf(USERNAME, pool),
        DEVICE_KEY: attempt.deviceState.device?.key,
      }),
      Session,
      ...common,
    } as RespondToAuthChallengeInput & { readonly UserPoolId: string });
    return learn(attempt, respondToAuthChallenge, output);
  };

  return {
    initiate: async (attempt, input) => {
      const output = await call(initiateAuth, { ...input, ...common } as InitiateAuthInput & {
        readonly UserPoolId: string;
      });
      return learn(attempt, initiateAuth, output);
    },
    respond: async (attempt, challengeName, responses, session) => {
      const { deviceState } = attempt;
      try {
        return await send(attempt, challengeName, responses, session);
      } catch (error) {
        if (!(error instanceof ServiceError) || !deviceState.device) throw error;
        const { code, name, message } = error;
        if (isDeviceChallenge(challengeName)) {
          // Cognito says of a device's proof what it says of a wrong password
          if (code !== 'INCORRECT_USERNAME_OR_PASSWORD') throw error;
          throw new ServiceError('DEVICE_REFUSED', 'start-again', name, message, error);
        }
        if (code !== 'DEVICE_NOT_FOUND') throw error;
        // "Device does not exist." does not spend the challenge: the official clients send it again, too.
        leaveOut(deviceState, 'DEVICE_GONE');
        return send(attempt, challengeName, responses, session);
      }
    },
  };
}

/** What to say of the device, where it is why the service refused. */
export function refusedDevice(error: unknown, { deviceState }: Attempt): DeviceProblemCode | undefined {
  const { code } = error as { code?: ErrorCode };
  if (code === 'DEVICE_REFUSED') return code;
  if (code === 'DEVICE_NOT_FOUND' && deviceState.device) return 'DEVICE_GONE';
  // Left out after its key was sent: the service asks for it all the same
  return code === 'CHALLENGE_UNEXPECTED' && !deviceState.device ? deviceState.problem?.code : undefined;
}

/** Of the fetch transport, and of the AWS SDK, whose has no date. */
interface ReplyMetadata {
  readonly date?: number;
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

/** Every reply may tell the canonical user and the service's clock. */
function learn(attempt: Attempt, operation: string, output: Readonly<Record<string, unknown>>): AuthReply {
  const { date, httpStatusCode: status, requestId } = (output['$metadata'] ?? {}) as ReplyMetadata;
  attempt.origin = { operation, status, requestId };
  const reply = readAuthReply(operation, output);
  const { USER_ID_FOR_SRP, USERNAME } = reply.ChallengeParameters ?? {};
  const canonical = USER_ID_FOR_SRP || USERNAME;
  if (canonical) Object.assign(attempt, { username: canonical, canonical: true });
  // As far as dates go: a caller's transport may give any number
  if (typeof date === 'number' && Math.abs(date) <= 8.64e15)
    attempt.clockOffsetMs = date - clock(attempt.options);
  return reply;
}
