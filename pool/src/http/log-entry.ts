/** What the log has of one request. */
import type { OutboxMessage } from '../domain/codes.ts';

/**
 * One request, as the log shows it. It holds no password, token, session, client secret or number of SRP, wherever the
 * request had it. It does hold the codes that the pool sent, because they are what a local pool is for.
 */
export interface LogEntry {
  /** When the reply was ready: milliseconds since the epoch, by the pool's clock. */
  readonly at: number;
  /** How long the request took, in milliseconds. */
  readonly ms: number;
  /** The operation of AWS: `InitiateAuth`. For another path its method and name: `GET /_/outbox`. */
  readonly operation: string;
  /** Undefined if the request does not name a pool that exists. */
  readonly userPoolId: string | undefined;
  /** The canonical name. Undefined for a name that no user has, because it may be a secret in the wrong field. */
  readonly username: string | undefined;
  /** The HTTP status. Undefined if the connection was dropped. */
  readonly status: number | undefined;
  /** The exception of the service, or the OAuth error, of a request that was refused: `NotAuthorizedException`, `invalid_grant`. */
  readonly error: string | undefined;
  /** Its text. What it repeats of the request is left out, unless it is the name of something that exists. */
  readonly message: string | undefined;
  /** What the service would not tell: `TIMESTAMP is 43 200 s off`. */
  readonly reason: string | undefined;
  /** The messages that the request has sent, with their codes but not their texts. A temporary password is shown as `…`. */
  readonly codes: readonly Omit<OutboxMessage, 'subject' | 'body'>[];
}
