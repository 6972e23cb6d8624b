/** Sends requests to an application's own servers with the access token of the session. */
import { ArgumentError, mustBe } from '../errors.ts';

/** RFC 6761 §6.3 for the names, RFC 1122 §3.2.1.3 and RFC 4291 §2.5.3 for the addresses. */
const LOOPBACK = /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Sends a request with the access token. A reply with the status 401 (RFC 9110 §15.5.2) can mean that the server counts the
 * token as ended already, so it is sent once more with a new one.
 *
 * @param origins the origins that get the token. Undefined: every one
 * @param getAccessToken gives the access token; with true, one that is new
 * @throws ArgumentError ENDPOINT_INSECURE if the token would be sent in clear, OPTION_INVALID for another origin
 */
export async function fetchWithToken(
  fetch: typeof globalThis.fetch,
  origins: readonly string[] | undefined,
  getAccessToken: (isNew: boolean) => Promise<string>,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Response> {
  const request = new Request(input, init);
  checkUrl(request.url, origins);
  // A body can be read once, and a stream cannot be made again
  const again = request.clone();
  const response = await fetch(withToken(request, await getAccessToken(false)));
  if (response.status !== 401) {
    await again.body?.cancel();
    return response;
  }
  let accessToken: string;
  try {
    accessToken = await getAccessToken(true);
  } catch {
    // The server's refusal is what the caller asked for
    await again.body?.cancel();
    return response;
  }
  await response.body?.cancel();
  return fetch(withToken(again, accessToken));
}

function withToken(request: Request, accessToken: string): Request {
  request.headers.set('authorization', `Bearer ${accessToken}`);
  return request;
}

function checkUrl(url: string, origins: readonly string[] | undefined): void {
  const { origin, protocol, hostname } = new URL(url);
  if (origins !== undefined && !origins.includes(origin)) {
    throw mustBe('OPTION_INVALID', 'input', 'a URL of one of the "origins" that get the access token');
  }
  if (protocol === 'https:' || LOOPBACK.test(hostname)) return;
  throw new ArgumentError(
    'ENDPOINT_INSECURE',
    'input',
    'The access token is sent over https; plain http is for localhost, 127.0.0.1 and [::1]',
  );
}
