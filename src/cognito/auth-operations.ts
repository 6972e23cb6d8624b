/** InitiateAuth and RespondToAuthChallenge, or their admin twins: what goes into each, what each reply teaches. */
import { defined } from '../defined.ts';
import { type ErrorCode, mustBe, ServiceError } from '../errors.ts';
import { secretHashOf } from '../srp/secret-hash.ts';
import type { Attempt } from './attempt.ts';
import { type CallOptions, clock, originOf, type ReplyMetadata } from './call.ts';
import { type DeviceProblemCode, leaveOut } from './known-device.ts';
import type { AuthFlow, AuthReply, ContextData, InitiateAuthInput } from './operations.ts';
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

type Parameters = Readonly<Record<string, string>>;

/** @throws ArgumentError OPTION_INVALID for an admin call that nothing signs */
export function checkAdmin({ admin, transport }: AdminOptions): void {
  if (admin && !transport)
    throw mustBe('OPTION_INVALID', 'transport', 'one that signs its calls, with "admin"');
}

/** Adds USERNAME, SECRET_HASH and DEVICE_KEY to the parameters. */
export const initiateAuth = (
  attempt: Attempt,
  AuthFlow: AuthFlow,
  parameters: Parameters,
  Session: string | undefined,
): Promise<AuthReply> =>
  send(attempt, 'InitiateAuth', { AuthFlow, AuthParameters: ofUser(attempt, parameters), Session });

/** Adds USERNAME, SECRET_HASH and DEVICE_KEY to the responses. */
export async function respondToChallenge(
  attempt: Attempt,
  ChallengeName: string,
  responses: Parameters,
  Session: string | undefined,
): Promise<AuthReply> {
  const once = () =>
    send(attempt, 'RespondToAuthChallenge', {
      ChallengeName,
      ChallengeResponses: ofUser(attempt, responses),
      Session,
    });
  try {
    return await once();
  } catch (error) {
    if (!(error instanceof ServiceError) || !attempt.device) throw error;
    const { code, name, message } = error;
    if (ChallengeName.startsWith('DEVICE_')) {
      // Cognito says of a device's proof what it says of a wrong password
      if (code !== 'INCORRECT_USERNAME_OR_PASSWORD') throw error;
      throw new ServiceError('DEVICE_REFUSED', 'start-again', name, message, error);
    }
    if (code !== 'DEVICE_NOT_FOUND') throw error;
    // "Device does not exist." does not spend the challenge: the official clients send it again, too.
    leaveOut(attempt, 'DEVICE_GONE');
    return once();
  }
}

function ofUser({ pool, username, device }: Attempt, parameters: Parameters) {
  const { USERNAME = username } = parameters;
  return defined({
    ...parameters,
    USERNAME,
    SECRET_HASH: secretHashOf(USERNAME, pool),
    DEVICE_KEY: device?.key,
  });
}

async function send(
  attempt: Attempt,
  operation: 'InitiateAuth' | 'RespondToAuthChallenge',
  input: object,
): Promise<AuthReply> {
  const { pool, options, metadata, call } = attempt;
  const { admin } = options;
  const common = { ...input, ClientId: pool.clientId, ...metadata };
  const ContextData = typeof admin === 'object' ? admin.contextData : undefined;
  const name = admin ? (`Admin${operation}` as const) : operation;
  const output = await call(
    name,
    (admin
      ? { ...common, UserContextData: undefined, UserPoolId: pool.userPoolId, ContextData }
      : common) as unknown as InitiateAuthInput,
  );
  return learn(attempt, name, output);
}

/** What to say of the device, where it is why the service refused. */
export function whatOfDevice(
  error: unknown,
  { device, deviceProblem }: Attempt,
): DeviceProblemCode | undefined {
  const { code } = error as { code?: ErrorCode };
  if (code === 'DEVICE_REFUSED') return code;
  if (code === 'DEVICE_NOT_FOUND' && device) return 'DEVICE_GONE';
  // Left out after its key was sent: the service asks for it all the same
  return code === 'CHALLENGE_UNEXPECTED' && !device ? deviceProblem?.code : undefined;
}

/** Every reply may tell the canonical user and the service's clock. */
function learn(attempt: Attempt, operation: string, output: Readonly<Record<string, unknown>>): AuthReply {
  const reply = readAuthReply(operation, output);
  attempt.origin = originOf(operation, output);
  const { USER_ID_FOR_SRP, USERNAME } = reply.ChallengeParameters;
  const canonical = USER_ID_FOR_SRP || USERNAME;
  if (canonical) Object.assign(attempt, { username: canonical, canonical: true });
  const { date } = (output['$metadata'] ?? {}) as ReplyMetadata;
  // As far as dates go: a caller's transport may give any number
  if (typeof date === 'number' && Math.abs(date) <= 8.64e15)
    attempt.clockOffsetMs = date - clock(attempt.options);
  return reply;
}
