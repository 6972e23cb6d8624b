/** The OAuth endpoints of a user pool's domain, as oauth4webapi takes them. */
import {
  type AuthorizationServer,
  allowInsecureRequests,
  type Client,
  type ClientAuth,
  ClientSecretPost,
  clockSkew,
  customFetch,
  None,
} from 'oauth4webapi';
import {
  type CallOptions,
  checkCallOptions,
  currentTime,
  DEFAULT_TIMEOUT_MS,
} from '../cognito/client/call-options.ts';
import { abortReason, withTimeout } from '../cognito/client/time-limit.ts';
import { checkPool, endpointOf, issuerOf, type UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { ProtocolError, type Recovery } from '../errors.ts';
import { domainOf, type RedirectDomain } from './redirect-domain.ts';

/** What the functions of oauth4webapi take. */
export interface OAuthServer {
  readonly server: AuthorizationServer;
  readonly client: Client;
  readonly auth: ClientAuth;
  /** Milliseconds since the epoch by the caller's clock. */
  readonly now: () => number;
  /**
   * Runs requests within the time limit.
   *
   * @param recovery what can be done if there is no reply
   */
  readonly request: <Result>(
    recovery: Recovery,
    work: (http: HttpOptions) => Promise<Result>,
  ) => Promise<Result>;
}

/** How oauth4webapi sends a request. */
export interface HttpOptions {
  readonly [customFetch]: (url: string, init: object) => Promise<Response>;
  readonly [allowInsecureRequests]: true;
  readonly signal?: AbortSignal;
}

/** @throws ArgumentError for a pool, a domain or an option that cannot be right */
export function oauthServer(pool: UserPoolClient, input: RedirectDomain, options: CallOptions): OAuthServer {
  checkCallOptions(options);
  checkPool(pool);
  const base = domainOf(input);
  const { clientId, clientSecret, userPoolId } = pool;
  const now = () => currentTime(options);
  return {
    server: {
      issuer: input.issuer ?? issuerOf(pool),
      authorization_endpoint: `${base}/oauth2/authorize`,
      token_endpoint: `${base}/oauth2/token`,
      jwks_uri: `${endpointOf(pool)}/${userPoolId}/.well-known/jwks.json`,
    },
    client: {
      client_id: clientId,
      id_token_signed_response_alg: 'RS256',
      [clockSkew]: Math.round((now() - Date.now()) / 1000),
    },
    // In the body it needs no encoding of its own, as it does in the header (RFC 6749 §2.3.1)
    auth: clientSecret === undefined ? None() : ClientSecretPost(clientSecret),
    now,
    request: (recovery, work) => sendInTime(options, recovery, work),
  };
}

async function sendInTime<Result>(
  { fetch = globalThis.fetch, signal: outer, timeoutMs: ms = DEFAULT_TIMEOUT_MS }: CallOptions,
  recovery: Recovery,
  work: (http: HttpOptions) => Promise<Result>,
): Promise<Result> {
  const onTimeout = () => new ProtocolError('TIMED_OUT', `no reply within ${ms} ms`, { recovery });
  const send = async (url: string, init: object): Promise<Response> => {
    try {
      return await fetch(url, init);
    } catch (cause) {
      if (outer?.aborted) throw abortReason(outer);
      throw new ProtocolError('NETWORK_FAILED', 'the request failed', { recovery, cause });
    }
  };
  return withTimeout(
    (signal) =>
      work({
        [customFetch]: send,
        // The domain and the endpoint have been checked: plain http is for this machine
        [allowInsecureRequests]: true,
        ...(signal && { signal }),
      }),
    { ms, signal: outer, onTimeout },
  );
}
