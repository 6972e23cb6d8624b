/**
 * The service's clock, by which its tokens end. That of a browser may be wrong by hours.
 *
 * Decision 0006 takes it from the header `Date` of each reply. A browser shows that header only if the endpoint exposes it, so the ID
 * token of the reply stands in for it.
 */
import { type Client, clockSkew } from 'oauth4webapi';
import { readTimeClaim } from '../cognito/claims.ts';
import { readDateHeader } from '../cognito/client/fetch-transport.ts';
import { isNonEmptyString, isRecord, parseJson } from '../cognito/values.ts';

/**
 * When the token endpoint made a reply: its `Date`, or the `iat` of the ID token, which the service has just issued.
 *
 * @param response is not used up
 * @param now the caller's clock, which counts if the reply tells neither
 * @returns milliseconds since the epoch by the service's clock
 */
export async function serviceTimeOf(response: Response, now: number): Promise<number> {
  return readDateHeader(response.headers) ?? (await issueTimeIn(response.clone())) ?? now;
}

async function issueTimeIn(response: Response): Promise<number | undefined> {
  const reply = parseJson(await response.text());
  const idToken = isRecord(reply) ? reply['id_token'] : undefined;
  return isNonEmptyString(idToken) ? readTimeClaim(idToken, 'iat') : undefined;
}

/** The client whose tokens are checked at that time. oauth4webapi reads the clock of the runtime itself. */
export const clientAt = (client: Client, time: number): Client => ({
  ...client,
  [clockSkew]: Math.round((time - Date.now()) / 1000),
});
