/** RevokeToken and GlobalSignOut. */
import { bearerOf } from '../access-tokens.ts';
import { secretFits } from '../admission.ts';
import { ServiceException } from '../service-exception.ts';
import type { PoolState } from '../state.ts';
import type { TokenInput } from './profile.ts';

export interface RevokeTokenInput {
  /** A refresh token. */
  readonly Token: string;
  readonly ClientId: string;
  readonly ClientSecret?: string;
}

/** Ends all that the sign-in of this refresh token was granted. A token that is not one is no error. */
export async function revokeToken(pool: PoolState, input: RevokeTokenInput): Promise<object> {
  const client = pool.clients.get(input.ClientId);
  if (!client || !secretFits(client, input.ClientSecret)) {
    throw new ServiceException('UnauthorizedException', 'Invalid client or secret');
  }
  if (client.enableTokenRevocation === false) {
    throw new ServiceException(
      'UnsupportedOperationException',
      'This feature is not enabled for this client',
    );
  }
  const grant = pool.grants.find(input.Token)?.grant;
  // Another client's token is none of this one (RFC 7009 §2.1)
  if (grant?.clientId === client.clientId) grant.revoked = true;
  return {};
}

export async function globalSignOut(pool: PoolState, input: TokenInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  pool.grants.revokeAll(user);
  return {};
}
