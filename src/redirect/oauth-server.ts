/** The OAuth endpoints of a user pool's domain, as oauth4webapi takes them. */
import {
  type AuthorizationServer,
  allowInsecureRequests,
  type Client,
  type ClientAuth,
  ClientSecretPost,
  customFetch,
  None,
} from 'oauth4webapi';
import {
  type CallOptions,
  checkCallOptions,
  currentTime,
  DEFAULT_TIMEOUT_MS,
} from '../cognito/client/call-options.ts';
import { MAX_BODY_BYTES, readText } from '../cognito/client/fetch-transport.ts';
import { abortReason, withTimeout } from '../cognito/client/time-limit.ts';
import { checkPool, endpointOf, issuerOf, type UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { ArgumentError, ProtocolError, type Recovery } from '../errors.ts';
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

/** What oauth4webapi gives a `fetch`, as far as it is looked at here. */
interface SentInit {
  readonly signal?: AbortSignal | undefined;
}

/** How oauth4webapi sends a request. */
export interface HttpOptions {
  readonly [customFetch]: (url: string, init: SentInit) => Promise<Response>;
  readonly [allowInsecureRequests]: true;
  readonly signal?: AbortSignal;
}

/**
 * Checks that the runtime has what oauth4webapi makes the PKCE challenge and verifies signatures with. React Native has no
 * `crypto.subtle`, and browsers have none on plain http.
 *
 * @throws ArgumentError RUNTIME_INCOMPLETE
 */
export function requireWebCrypto(): void {
  if (globalThis.crypto?.subtle) return;
  throw new ArgumentError(
    'RUNTIME_INCOMPLETE',
    'crypto.subtle',
    'No crypto.subtle here: browsers have it on https and localhost, and other engines need a polyfill of Web Crypto',
  );
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
  const send = async (url: string, { signal, ...init }: SentInit): Promise<Response> => {
    try {
      return await readWhole(await fetch(url, { ...init, ...(signal && { signal }) }), signal, recovery);
    } catch (cause) {
      if (outer?.aborted) throw abortReason(outer);
      if (cause instanceof ProtocolError) throw cause;
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

/**
 * The response with the whole of its body, because oauth4webapi reads whatever comes.
 *
 * @throws ProtocolError BODY_TOO_LARGE
 */
async function readWhole(
  response: Response,
  signal: AbortSignal | undefined,
  recovery: Recovery,
): Promise<Response> {
  const { status, headers } = response;
  // A redirect that is not followed has the status 0 in a browser, which no other response can have
  if (status < 200) return response;
  const text = await readText(response, signal);
  if (text === undefined) {
    throw new ProtocolError('BODY_TOO_LARGE', `the reply is larger than ${MAX_BODY_BYTES} bytes`, {
      recovery,
      status,
    });
  }
  // Some statuses, such as 204, have no body (Fetch §2.2.3)
  return new Response(text === '' ? null : text, { status, headers });
}
