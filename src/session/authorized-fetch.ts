/** Sends requests to an application's own servers with the access token of the session. */
import { abortReason, leaveOnAbort } from '../cognito/client/time-limit.ts';
import { LOOPBACK } from '../cognito/client/user-pool-client.ts';
import { ArgumentError, mustBe } from '../errors.ts';

/**
 * The scheme, the host and the port of an address. URL is not used, because that of React Native throws, or reads by expressions of its
 * own. There an address comes as the application wrote it. What platforms read differently, such as a user, a backslash in place of a
 * slash, or a line end that some leave out, does not fit.
 */
const ADDRESS = /^(https?):\/\/([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?(?:[/?#][^\t\r\n]*)?$/i;

/**
 * Sends a request with the access token. A reply with the status 401 (RFC 9110 §15.5.2) can mean that the server counts the
 * token as ended already, so it is sent once more with a new one. The signal of the request ends the wait for a token, too.
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
  const { signal } = request;
  const accessTokenFor = (isNew: boolean) => leaveOnAbort(() => getAccessToken(isNew), { signal });
  // A body can be read once, and a stream cannot be made again
  const again = request.clone();
  let accessToken: string;
  let response: Response;
  try {
    accessToken = await accessTokenFor(false);
    response = await fetch(withToken(request, accessToken));
  } catch (error) {
    // Whoever writes the body is told that nobody reads it
    dropBody(request);
    dropBody(again);
    throw error;
  }
  if (response.status !== 401) {
    dropBody(again);
    return response;
  }
  try {
    const refused = accessToken;
    accessToken = await accessTokenFor(false);
    // Requests with this token that were refused before may have got a new one already
    if (accessToken === refused) accessToken = await accessTokenFor(true);
  } catch {
    dropBody(again);
    if (signal?.aborted) throw abortReason(signal);
    // The server's refusal is what the caller asked for
    return response;
  }
  await response.body?.cancel();
  return fetch(withToken(again, accessToken));
}

/**
 * Nobody waits for it: one half of a body that was cloned is not cancelled before the other half has been read or cancelled. A half
 * that `fetch` is reading refuses, and `fetch` cancels it itself.
 */
function dropBody({ body }: Request): void {
  body?.cancel().catch(() => {});
}

function withToken(request: Request, accessToken: string): Request {
  request.headers.set('authorization', `Bearer ${accessToken}`);
  return request;
}

function checkUrl(url: string, origins: readonly string[] | undefined): void {
  const [, scheme = '', host = '', port] = ADDRESS.exec(url)?.map((part) => part?.toLowerCase()) ?? [];
  const isDefaultPort = port === undefined || Number(port) === (scheme === 'https' ? 443 : 80);
  const origin = `${scheme}://${host}${isDefaultPort ? '' : `:${Number(port)}`}`;
  if (origins !== undefined && !origins.includes(origin)) {
    throw mustBe('OPTION_INVALID', 'input', 'a URL of one of the "origins" that get the access token');
  }
  if (scheme === 'https' || LOOPBACK.test(host)) return;
  throw new ArgumentError(
    'ENDPOINT_INSECURE',
    'input',
    'The access token is sent over https; plain http is for localhost, 127.0.0.1 and [::1]',
  );
}
