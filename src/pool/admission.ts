/** The checks before any password: client, flow, secret hash and status of the user. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { ClientOptions } from './options.ts';
import { invalidParameter, notAuthorized, ServiceException } from './service-exception.ts';
import type { PoolState } from './state.ts';
import type { User } from './users.ts';

export type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Finds the client.
 *
 * @throws ServiceException ResourceNotFoundException
 */
export function clientOf({ clients }: PoolState, clientId: string): ClientOptions {
  const client = clients.get(clientId);
  if (!client)
    throw new ServiceException('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
  return client;
}

/** The flows of a client that names none, as the service has them. */
const DEFAULT_FLOWS = ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

/** @param settings the names that enable the flow; one of them is enough */
export function assertFlow(client: ClientOptions, flow: string, settings: readonly string[]): void {
  const enabled = client.explicitAuthFlows ?? DEFAULT_FLOWS;
  if (!settings.some((setting) => enabled.includes(setting)))
    throw invalidParameter(`${flow} flow not enabled for this client`);
}

export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** Checks SECRET_HASH. It must have been made from the USERNAME of the same request. */
export function assertSecretHash(
  { clientId, clientSecret }: ClientOptions,
  username: string,
  sent: string | undefined,
) {
  if (clientSecret === undefined) return;
  if (!sent) {
    throw notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`);
  }
  const mac = hmac(sha256, utf8(clientSecret), utf8(username + clientId));
  if (!sameBytes(mac, bytesOf(sent)))
    throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}

/** Checks the secret itself, for operations that do not take a hash. A client without a secret ignores it. */
export const secretFits = ({ clientSecret }: ClientOptions, sent = ''): boolean =>
  clientSecret === undefined || sameBytes(utf8(clientSecret), utf8(sent));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Checks the SecretHash of SignUp and similar operations, which also refuse a hash if the client has no secret. */
export function assertMemberSecretHash(client: ClientOptions, username: string, sent: string | undefined) {
  if (client.clientSecret === undefined && sent) {
    throw invalidParameter(
      `App client ${client.clientId} is not configured for secret but secret hash was received`,
    );
  }
  assertSecretHash(client, username, sent);
}

export const hidesUsers = (client: ClientOptions): boolean => client.preventUserExistenceErrors === 'ENABLED';

/** Refuses a user whose status does not allow a sign-in. The service checks this before the password. */
export function assertMaySignIn(user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'UNCONFIRMED') {
    throw new ServiceException('UserNotConfirmedException', 'User is not confirmed.');
  }
  if (user.status === 'RESET_REQUIRED') {
    throw new ServiceException('PasswordResetRequiredException', 'Password reset required for the user');
  }
}

/** Decodes standard base64. Returns undefined for any other text. */
export function bytesOf(base64: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b || a.length !== b.length) return false;
  return a.reduce((difference, byte, i) => difference | (byte ^ (b[i] ?? 0)), 0) === 0;
}
