/** InitiateAuth and RespondToAuthChallenge, or the admin operations in their place: what goes into each, and sending it. */
import { ServiceError } from '../../errors.ts';
import { secretHash } from '../../srp/secret-hash.ts';
import type { RequestContext } from '../client/call-errors.ts';
import type { Reply } from '../client/fetch-transport.ts';
import type { AuthFlow, RequestMetadata } from '../client/wire-types.ts';
import { leaveOutDevice } from './device-slot.ts';
import { type AuthReply, learnFrom, readReply } from './replies.ts';
import type { Attempt } from './sign-in-attempt.ts';

/** A request of a sign-in. Its parameters are without USERNAME, SECRET_HASH and DEVICE_KEY, which are added to all. */
export type AuthRequest =
  | {
      readonly kind: 'initiate';
      readonly flow: AuthFlow;
      readonly parameters: Readonly<Record<string, string>>;
      readonly session: string | undefined;
    }
  | {
      readonly kind: 'respond';
      /** The wire's name. */
      readonly challengeName: string;
      readonly parameters: Readonly<Record<string, string>>;
      readonly session: string | undefined;
    };

/**
 * Sends a request and learns from its reply. If the service does not know the device, the request is sent again without
 * it.
 */
export async function sendRequest(
  attempt: Attempt,
  request: AuthRequest,
): Promise<{ readonly attempt: Attempt; readonly reply: AuthReply }> {
  try {
    const reply = readReply(await callOperation(attempt, request));
    return { attempt: learnFrom(attempt, reply), reply };
  } catch (error) {
    const isUnknownDevice = error instanceof ServiceError && error.code === 'DEVICE_NOT_FOUND';
    if (!isUnknownDevice || attempt.device.state !== 'found' || isDeviceProof(request)) throw error;
    // "Device does not exist." does not spend the challenge: the official clients send it again, too
    return sendRequest({ ...attempt, device: leaveOutDevice(attempt.device, 'DEVICE_GONE') }, request);
  }
}

const isDeviceProof = (request: AuthRequest): boolean =>
  request.kind === 'respond' && request.challengeName.startsWith('DEVICE_');

async function callOperation(attempt: Attempt, request: AuthRequest): Promise<Reply> {
  const { connection } = attempt;
  const context = contextOf(attempt, request);
  if (request.kind === 'initiate') {
    const input = initiateAuthInput(attempt, request);
    return connection.options.admin
      ? connection.send('AdminInitiateAuth', toAdminInput(attempt, input), context)
      : connection.send('InitiateAuth', input, context);
  }
  const input = respondToAuthChallengeInput(attempt, request);
  return connection.options.admin
    ? connection.send('AdminRespondToAuthChallenge', toAdminInput(attempt, input), context)
    : connection.send('RespondToAuthChallenge', input, context);
}

function contextOf({ challengeSpent }: Attempt, request: AuthRequest): Omit<RequestContext, 'operation'> {
  if (request.kind === 'respond') {
    return { retry: 'only-if-throttled', challengeName: request.challengeName, challengeSpent };
  }
  // A request with SRP_A alone spends nothing and is not a try of the password
  const isSafeToRepeat = 'SRP_A' in request.parameters && request.session === undefined;
  return { retry: isSafeToRepeat ? 'after-lost-reply' : 'only-if-throttled', challengeSpent };
}

const initiateAuthInput = (
  attempt: Attempt,
  { flow, parameters, session }: AuthRequest & { readonly kind: 'initiate' },
) => ({
  ClientId: attempt.connection.pool.clientId,
  AuthFlow: flow,
  AuthParameters: withCommonParameters(attempt, parameters),
  Session: session,
  ...attempt.connection.metadata,
});

const respondToAuthChallengeInput = (
  attempt: Attempt,
  { challengeName, parameters, session }: AuthRequest & { readonly kind: 'respond' },
) => ({
  ClientId: attempt.connection.pool.clientId,
  ChallengeName: challengeName,
  ChallengeResponses: withCommonParameters(attempt, parameters),
  Session: session,
  ...attempt.connection.metadata,
});

/** The input of the admin operation: with the pool's id, and with ContextData in place of UserContextData. */
function toAdminInput<Input extends RequestMetadata>({ connection }: Attempt, input: Input) {
  const { UserContextData: _, ...rest } = input;
  const { admin } = connection.options;
  const ContextData = typeof admin === 'object' ? admin.contextData : undefined;
  return { ...rest, UserPoolId: connection.pool.userPoolId, ContextData };
}

/** Adds USERNAME, SECRET_HASH and DEVICE_KEY. */
function withCommonParameters(
  { connection, user, device }: Attempt,
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { clientId, clientSecret } = connection.pool;
  // The answer to a challenge that this package does not know may name another user
  const { USERNAME = user.name } = parameters;
  return {
    ...parameters,
    USERNAME,
    ...(clientSecret !== undefined && { SECRET_HASH: secretHash(USERNAME, clientId, clientSecret) }),
    ...(device.state === 'found' && { DEVICE_KEY: device.credentials.key }),
  };
}
