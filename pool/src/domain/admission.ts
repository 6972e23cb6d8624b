/** The checks before any password: client, flow, secret hash and status of the user. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { clientDoesNotExist, flowsOf, hasSecret } from './clients.ts';
import {
  incorrectUsernameOrPassword,
  invalidParameter,
  notAuthorized,
  ServiceException,
} from './service-exception.ts';
import type { User } from './user.ts';

export type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Finds the client.
 *
 * @throws ServiceException ResourceNotFoundException
 */
export function clientOf({ clients }: Pick<Pool, 'clients'>, clientId: string): Client {
  const client = clients.get(clientId);
  if (!client) throw clientDoesNotExist(clientId);
  return client;
}

/**
 * @param settings the names that enable the flow; one of them is enough
 * @param refusal the service's text for a flow that is off
 * @throws ServiceException InvalidParameterException
 */
export function assertFlow(client: Client, settings: readonly string[], refusal: string): void {
  const enabled = flowsOf(client);
  if (!settings.some((setting) => enabled.includes(setting))) throw invalidParameter(refusal);
}

export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** Checks SECRET_HASH. It must have been made from the USERNAME of the same request. */
export function assertSecretHash(client: Client, username: string, sent: string | undefined) {
  const { ClientId: clientId, secrets } = client;
  if (!hasSecret(client)) return;
  if (!sent) {
    throw notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`);
  }
  const received = bytesOf(sent);
  const fits = secrets.some(({ value }) =>
    sameBytes(hmac(sha256, utf8(value), utf8(username + clientId)), received),
  );
  if (!fits) throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}

/** Checks the secret itself, for operations that do not take a hash. A client without a secret ignores it. */
export const secretFits = (client: Client, sent = ''): boolean =>
  !hasSecret(client) || client.secrets.some(({ value }) => sameBytes(utf8(value), utf8(sent)));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Checks the SecretHash of SignUp and similar operations, which also refuse a hash if the client has no secret. */
export function assertMemberSecretHash(client: Client, username: string, sent: string | undefined) {
  if (!hasSecret(client) && sent) {
    throw invalidParameter(
      `App client ${client.ClientId} is not configured for secret but secret hash was received`,
    );
  }
  assertSecretHash(client, username, sent);
}

/** Refuses a user whose status does not allow a sign-in. The service checks this before the password. */
export function assertMaySignIn(user: User): void {
  const refusal = refusalOfSignIn(user);
  if (refusal) throw refusal;
}

/** @returns why the status of a user does not allow a sign-in to the pool itself, or undefined */
export function refusalOfSignIn({ enabled, status }: User): ServiceException | undefined {
  if (!enabled) return notAuthorized('User is disabled.');
  if (status === 'UNCONFIRMED') {
    return new ServiceException('UserNotConfirmedException', 'User is not confirmed.');
  }
  // Reported: aws/aws-cli#3348
  if (status === 'EXTERNAL_PROVIDER') return notAuthorized('User is not authorized to get auth details.');
  if (status === 'RESET_REQUIRED') {
    return new ServiceException('PasswordResetRequiredException', 'Password reset required for the user');
  }
  return undefined;
}

/** @throws ServiceException if the user was removed or disabled while a trigger or a calculation ran */
export function assertStillThere({ users }: Pick<Pool, 'users'>, user: User): void {
  if (users.findAny(user.sub) !== user) throw incorrectUsernameOrPassword();
  if (!user.enabled) throw notAuthorized('User is disabled.');
}

/** Decodes standard base64. Returns undefined for any other text. */
export function bytesOf(base64: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  // Uint8Array.from takes ten times as long, and a SECRET_BLOCK has 1860 bytes
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b || a.length !== b.length) return false;
  return a.reduce((difference, byte, i) => difference | (byte ^ (b[i] ?? 0)), 0) === 0;
}
