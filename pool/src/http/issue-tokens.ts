/** Answers `POST /_/tokens`: tokens without a sign-in. */
import { InvalidOption, UnknownName } from '../options/checks.ts';
import { type PoolState, poolForRequest } from '../service/pool.ts';
import { poolOfClient, type Service } from '../service/service.ts';
import {
  assertTokenRequestBody,
  findTokenHolder,
  issueTokensTo,
  type TokenHolder,
  type TokenRequestBody,
} from '../user-pool-tokens.ts';
import { respondJson } from './replies.ts';
import type { RequestNotes } from './request-log.ts';

/** What a request asks for, once everything in it has been found. */
interface Asked {
  readonly body: TokenRequestBody;
  readonly state: PoolState;
  readonly holder: TokenHolder;
}

export async function answerTokens(
  service: Service,
  request: Request,
  notes: RequestNotes,
): Promise<Response> {
  const asked = readAsked(service, await request.text());
  if ('refusal' in asked) {
    return respondJson(service, request, { message: asked.refusal }, { status: 400 });
  }
  const { body, state, holder } = asked;
  notes.about(state, holder.user.username);
  const { userPoolId: _id, username: _name, ...options } = body;
  const pool = poolForRequest(state, service, new URL(request.url).origin);
  return respondJson(service, request, await issueTokensTo(pool, holder, options));
}

/** Reads the body. A refusal names the member, and quotes no value but names that nothing has. */
function readAsked(service: Service, text: string): Asked | { readonly refusal: string } {
  try {
    const body = parse(text);
    assertTokenRequestBody(body);
    const state = poolOfBody(service, body);
    return { body, state, holder: findTokenHolder(state, body.username, body) };
  } catch (error) {
    // Another error is a bug of the pool and not of the request
    if (error instanceof InvalidOption || error instanceof UnknownName) return { refusal: error.message };
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidOption('The body must be JSON');
  }
}

/** @throws UnknownName that names the member */
function poolOfBody(service: Service, { userPoolId, clientId }: TokenRequestBody): PoolState {
  if (userPoolId !== undefined) {
    const named = service.pools.get(userPoolId);
    if (named) return named;
    throw new UnknownName(`userPoolId: there is no user pool "${userPoolId}"`);
  }
  const [only, ...others] = service.pools.values();
  if (only && others.length === 0) return only;
  const ofClient = clientId === undefined ? undefined : poolOfClient(service, clientId);
  if (ofClient) return ofClient;
  throw new UnknownName('userPoolId: there are several user pools, or none, so one must be named');
}
