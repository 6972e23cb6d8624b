/** InitiateAuth and RespondToAuthChallenge, or their admin twins: what goes into each, what each reply teaches. */

import { mustBe, ServiceError } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { secretHashOf } from '../../srp/secret-hash.ts';
import { decodeClaims } from '../claims.ts';
import { type Connection, clock, connect, originOf, type ReplyMetadata } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { AuthReply } from '../client/wire-types.ts';
import { isNonEmptyString } from '../values.ts';
import { leaveOut } from './offered-device.ts';
import type { AdminOptions, Attempt } from './sign-in-attempt.ts';
import { readAuthReply } from './step.ts';

/** @throws ArgumentError as `connect`, and OPTION_INVALID for an admin call that nothing signs */
export function connectAuth<Options extends AdminOptions>(
  pool: UserPoolClient,
  options: Options,
): Connection<Options> {
  if (options.admin && !options.transport)
    throw mustBe('OPTION_INVALID', 'transport', 'one that signs its calls, with "admin"');
  return connect(pool, options);
}

/**
 * Adds USERNAME, SECRET_HASH and DEVICE_KEY to the parameters. A device that the service refuses is left out; where
 * that can be, the request is sent again without it.
 *
 * @param kind which of the two requests it is, by what it says besides its parameters
 * @param what the flow, or the name of the challenge
 */
export async function send(
  attempt: Attempt,
  kind: 'AuthFlow' | 'ChallengeName',
  what: string,
  parameters: Readonly<Record<string, string>>,
  Session: string | undefined,
): Promise<AuthReply> {
  const { pool, options, metadata, call, username, device } = attempt;
  const { USERNAME = username } = parameters;
  const { admin } = options;
  const [operation, member] =
    kind === 'AuthFlow'
      ? (['InitiateAuth', 'AuthParameters'] as const)
      : (['RespondToAuthChallenge', 'ChallengeResponses'] as const);
  const name = admin ? (`Admin${operation}` as const) : operation;
  const input = {
    ClientId: pool.clientId,
    [kind]: what,
    [member]: omitUndefined({
      ...parameters,
      USERNAME,
      SECRET_HASH: secretHashOf(USERNAME, pool),
      DEVICE_KEY: device?.key,
    }),
    Session,
    ...metadata,
    ...(admin && {
      UserContextData: undefined,
      UserPoolId: pool.userPoolId,
      ContextData: admin === true ? undefined : admin.contextData,
    }),
  };
  const isSafe = kind === 'AuthFlow' && 'SRP_A' in parameters && Session === undefined;
  try {
    return learn(attempt, name, await call(name, input as never, isSafe && 'repeatable'));
  } catch (error) {
    if (!(error instanceof ServiceError) || !device) throw error;
    const isProof = what.startsWith('DEVICE_');
    if (isProof && error.code === 'INCORRECT_USERNAME_OR_PASSWORD') {
      // Cognito says of a device's proof what it says of a wrong password
      Object.assign(error, { code: 'DEVICE_REFUSED' });
      leaveOut(attempt, 'DEVICE_REFUSED');
    }
    if (error.code === 'DEVICE_NOT_FOUND') {
      leaveOut(attempt, 'DEVICE_GONE');
      // "Device does not exist." does not spend the challenge: the official clients send it again, too.
      if (!isProof) return send(attempt, kind, what, parameters, Session);
    }
    throw error;
  }
}

/** Every reply may tell the service's clock and the canonical user: the access token better than any reply before it. */
function learn(attempt: Attempt, operation: string, output: Readonly<Record<string, unknown>>): AuthReply {
  const reply = readAuthReply(operation, output);
  attempt.origin = originOf(operation, output);
  const { USER_ID_FOR_SRP, USERNAME } = reply.ChallengeParameters;
  const claims = decodeClaims(reply.AuthenticationResult?.AccessToken ?? '');
  const canonical = claims?.['username'] || USER_ID_FOR_SRP || USERNAME;
  if (isNonEmptyString(canonical)) Object.assign(attempt, { username: canonical, canonical: true });
  const { date } = (output['$metadata'] ?? {}) as ReplyMetadata;
  // As far as dates go: a caller's transport may give any number
  if (typeof date === 'number' && Math.abs(date) <= 8.64e15)
    attempt.clockOffsetMs = date - clock(attempt.options);
  return reply;
}
