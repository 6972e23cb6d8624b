/** Which client posts a form, and whether it knows its secret: in the header (Basic) or in the body (RFC 6749 section 2.3.1). */

import { secretFits } from '../domain/admission.ts';
import type { RequestNotes } from '../http/request-log.ts';
import { type Pool, poolForRequest } from '../service/pool.ts';
import { poolOfClient, type Service } from '../service/service.ts';
import type { Client } from '../settings/pool-settings.ts';
import { OAuthError } from './oauth-error.ts';
import { parameterOf } from './parameters.ts';

/** A client that was authenticated, and its pool. */
export interface AuthenticatedClient {
  readonly pool: Pool;
  readonly client: Client;
}

/** What a request says of its client. */
interface Credentials {
  readonly clientId: string;
  /** The secret, as it may have been written. Empty if none was sent. */
  readonly secrets: readonly string[];
}

/**
 * Finds the client of a form. A client without a secret is only identified; what it sends as a secret is not looked at, as in the
 * operations of the service.
 *
 * @throws OAuthError invalid_client, or invalid_request if the request names two clients or has two secrets
 */
export function authenticateClient(
  service: Service,
  request: Request,
  form: URLSearchParams,
  notes: RequestNotes,
): AuthenticatedClient {
  const candidates = credentialsOf(request, form);
  for (const { clientId, secrets } of candidates) {
    const state = poolOfClient(service, clientId);
    const client = state?.clients.get(clientId);
    if (!state || !client) continue;
    notes.about(state);
    if (![...secrets, ''].some((secret) => secretFits(client, secret))) {
      const reason =
        secrets.length === 0 ? 'The client has a secret, and none was sent' : 'The secret is wrong';
      throw new OAuthError('invalid_client', { reason });
    }
    return { pool: poolForRequest(state, service, new URL(request.url).origin), client };
  }
  throw new OAuthError('invalid_client', { reason: 'No pool has this client' });
}

/** The readings of what a request says, the one that RFC 6749 demands first. */
function credentialsOf(request: Request, form: URLSearchParams): readonly Credentials[] {
  const clientId = parameterOf(form, 'client_id');
  const secret = parameterOf(form, 'client_secret');
  const header = request.headers.get('authorization');
  if (header === null) {
    if (clientId === undefined)
      throw new OAuthError('invalid_request', { description: 'client_id is missing' });
    return [{ clientId, secrets: secret === undefined ? [] : [secret] }];
  }
  if (secret !== undefined) {
    throw new OAuthError('invalid_request', { description: 'The client secret is given in two ways' });
  }
  const readings = basicReadings(header);
  if (clientId !== undefined && readings.every((each) => each.clientId !== clientId)) {
    throw new OAuthError('invalid_request', { description: 'client_id is not the one of the header' });
  }
  return readings;
}

/**
 * Reads the header. RFC 6749 has the id and the secret encoded as in a form, which many clients and curl do not do, so that both
 * readings are tried.
 *
 * @throws OAuthError invalid_client
 */
function basicReadings(header: string): readonly Credentials[] {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header) ?? [];
  const text = encoded === undefined ? undefined : decodeBase64(encoded);
  const colon = text?.indexOf(':') ?? -1;
  if (text === undefined || colon < 0) {
    throw new OAuthError('invalid_client', {
      reason: 'The Authorization header is not Basic with id and secret',
    });
  }
  const [clientId, secret] = [text.slice(0, colon), text.slice(colon + 1)];
  const secrets = [secret, decodeForm(secret)];
  return [
    { clientId: decodeForm(clientId), secrets },
    { clientId, secrets },
  ];
}

/** @returns undefined for a text that is not base64 of UTF-8 */
function decodeBase64(encoded: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Reads one value of a form. "&" and "=" cannot stand in an encoded one. */
const decodeForm = (value: string): string =>
  new URLSearchParams(`value=${value.replace(/&/g, '%26')}`).get('value') ?? '';
