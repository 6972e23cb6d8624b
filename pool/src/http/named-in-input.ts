/** Finds the pool and the user that the input of an operation names, whatever becomes of the operation. */
import type { PoolState } from '../service/pool.ts';
import { poolOfClient, poolOfSession, poolOfToken, type Service } from '../service/service.ts';

export type Input = Readonly<Record<string, unknown>>;

const textOf = (input: Input, name: string): string | undefined => {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
};

const recordOf = (input: Input, name: string): Input => {
  const value = input[name];
  // The members of a value that is neither null nor a list can be read by name
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : {};
};

/** @returns undefined if the input names no pool that exists */
export function poolNamedBy(service: Service, input: Input): PoolState | undefined {
  const userPoolId = textOf(input, 'UserPoolId');
  if (userPoolId !== undefined) return service.pools.get(userPoolId);
  const clientId = textOf(input, 'ClientId');
  if (clientId !== undefined) return poolOfClient(service, clientId);
  const token = textOf(input, 'AccessToken');
  if (token !== undefined) return poolOfToken(service, token);
  const arn = textOf(input, 'ResourceArn');
  if (arn !== undefined) return service.pools.get(arn.slice(arn.lastIndexOf('/') + 1));
  const session = textOf(input, 'Session');
  return session === undefined ? undefined : poolOfSession(service, session);
}

/** @returns the canonical name, or undefined if the input names no user that exists */
export function userNamedBy(pool: PoolState, input: Input): string | undefined {
  const name =
    textOf(input, 'Username') ??
    textOf(recordOf(input, 'AuthParameters'), 'USERNAME') ??
    textOf(recordOf(input, 'ChallengeResponses'), 'USERNAME') ??
    nameInToken(textOf(input, 'AccessToken')) ??
    nameOfGrant(pool, input);
  return name === undefined ? undefined : pool.users.findAny(name)?.username;
}

function nameOfGrant(pool: PoolState, input: Input): string | undefined {
  const token =
    textOf(input, 'RefreshToken') ??
    textOf(input, 'Token') ??
    textOf(recordOf(input, 'AuthParameters'), 'REFRESH_TOKEN');
  return token === undefined ? undefined : pool.grants.find(token)?.grant.username;
}

/** The name that an access token claims. Nothing relies on it but the log. */
function nameInToken(token: string | undefined): string | undefined {
  const [, payload = ''] = token?.split('.') ?? [];
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (char) =>
      char.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const name = typeof claims === 'object' && claims !== null && 'username' in claims && claims.username;
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
