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
  /** It changes nothing: without a managed login no session comes through another one. */
  readonly RevokeAssociatedSessions?: 'NONE' | 'LINKED';
}

/** Revokes the grant of a refresh token, with all its tokens. An unknown token is not an error. */
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
  // A client may revoke only tokens that were issued to it (RFC 7009 §2.1)
  if (grant?.clientId === client.clientId) grant.revoked = true;
  return {};
}

export async function globalSignOut(pool: PoolState, input: TokenInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  pool.grants.revokeAll(user);
  return {};
}
