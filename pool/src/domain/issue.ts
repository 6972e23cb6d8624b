/** Issues tokens for a grant of a pool: with the pool's issuer, the client's lifetimes and the user's groups of this moment. */
import type { Pool } from '../service/pool.ts';
import { clientOf } from './admission.ts';
import type { Grant } from './grants.ts';
import { groupsOf } from './groups.ts';
import type { IssuedTokens } from './tokens.ts';
import type { User } from './user.ts';

/** @param time milliseconds since the epoch, by the clock of the request */
export function issueTokens(pool: Pool, user: User, grant: Grant, time: number): Promise<IssuedTokens> {
  return pool.tokens.issue({
    user,
    grant,
    client: clientOf(pool, grant.clientId),
    issuer: issuerOf(pool),
    groups: groupsOf(pool, user),
    time,
  });
}

/** The `iss` claim: that of the service, or what the settings say. `endpoint` is where the request came to. */
export function issuerOf({ issuer, endpoint, region, userPoolId }: Pool): string {
  if (issuer === 'endpoint') return `${endpoint}/${userPoolId}`;
  if (issuer !== undefined) return issuer;
  const dnsSuffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://cognito-idp.${region}.${dnsSuffix}/${userPoolId}`;
}
