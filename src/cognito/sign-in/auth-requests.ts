/** InitiateAuth and RespondToAuthChallenge, or the admin operations in their place: what goes into each, and sending it. */
import { mustBe, ServiceError } from '../../errors.ts';
import { secretHashOf } from '../../srp/secret-hash.ts';
import type { RequestContext } from '../client/call-errors.ts';
import { type Connection, connect, type Output } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { AuthFlow, RequestMetadata } from '../client/wire-types.ts';
import { leaveOutDevice, resolveDevice } from './device-slot.ts';
import { type AuthReply, readReply } from './replies.ts';
import { type AdminOptions, type Attempt, learnFrom } from './sign-in-attempt.ts';

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

/** @throws ArgumentError as `connect`, and OPTION_INVALID for an admin call that nothing signs */
export function connectAuth<Options extends AdminOptions>(
  pool: UserPoolClient,
  options: Options,
): Connection<Options> {
  if (options.admin && !options.transport) {
    throw mustBe('OPTION_INVALID', 'transport', 'one that signs its calls, with "admin"');
  }
  return connect(pool, options);
}

/**
 * Sends a request and reads its reply. The device is looked up first, because its key goes into the request.
 *
 * If the service does not know the device, the request is sent again without it.
 */
export async function exchange(
  attempt: Attempt,
  request: AuthRequest,
): Promise<{ readonly attempt: Attempt; readonly reply: AuthReply }> {
  const offering = await offerDevice(attempt);
  try {
    const reply = await send(offering, request);
    return { attempt: learnFrom(offering, reply), reply };
  } catch (error) {
    const isUnknownDevice = error instanceof ServiceError && error.code === 'DEVICE_NOT_FOUND';
    if (!isUnknownDevice || offering.device.state !== 'found' || isDeviceProof(request)) throw error;
    // "Device does not exist." does not spend the challenge: the official clients send it again, too
    return exchange({ ...offering, device: leaveOutDevice(offering.device, 'DEVICE_GONE') }, request);
  }
}

/** The attempt with its device looked up for the user's name as it is known now. */
export async function offerDevice(attempt: Attempt): Promise<Attempt> {
  const { device, user, deviceSource, connection } = attempt;
  return { ...attempt, device: await resolveDevice(device, user, deviceSource, connection.options) };
}

const isDeviceProof = (request: AuthRequest): boolean =>
  request.kind === 'respond' && request.challengeName.startsWith('DEVICE_');

async function send(attempt: Attempt, request: AuthRequest): Promise<AuthReply> {
  const { call, options } = attempt.connection;
  const context = contextOf(attempt, request);
  const read = async (operation: string, output: Promise<Output>) => readReply(operation, await output);
  if (request.kind === 'initiate') {
    const input = initiateAuthInput(attempt, request);
    return options.admin
      ? read('AdminInitiateAuth', call('AdminInitiateAuth', toAdminInput(attempt, input), context))
      : read('InitiateAuth', call('InitiateAuth', input, context));
  }
  const input = respondToAuthChallengeInput(attempt, request);
  return options.admin
    ? read(
        'AdminRespondToAuthChallenge',
        call('AdminRespondToAuthChallenge', toAdminInput(attempt, input), context),
      )
    : read('RespondToAuthChallenge', call('RespondToAuthChallenge', input, context));
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

/** What the admin operations take in place of UserContextData. */
function toAdminInput<Input extends RequestMetadata>({ connection }: Attempt, input: Input) {
  const { UserContextData: _, ...rest } = input;
  const { admin } = connection.options;
  const ContextData = typeof admin === 'object' ? admin.contextData : undefined;
  return { ...rest, UserPoolId: connection.pool.userPoolId, ContextData };
}

/** Adds USERNAME, SECRET_HASH and DEVICE_KEY. The secret hash is that of the USERNAME which is sent. */
function withCommonParameters(
  { connection, user, device }: Attempt,
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { USERNAME = user.name } = parameters;
  const SECRET_HASH = secretHashOf(USERNAME, connection.pool);
  const DEVICE_KEY = device.state === 'found' ? device.credentials.key : undefined;
  return {
    ...parameters,
    USERNAME,
    ...(SECRET_HASH !== undefined && { SECRET_HASH }),
    ...(DEVICE_KEY !== undefined && { DEVICE_KEY }),
  };
}
