/** Issues tokens for a grant of a pool: with the pool's issuer, the client's lifetimes and the user's groups of this moment. */
import type { Pool } from '../service/pool.ts';
import type { TokenSource } from '../triggers/events.ts';
import { clientOf } from './admission.ts';
import type { Grant } from './grants.ts';
import { groupsOf } from './groups.ts';
import type { IssuedTokens } from './tokens.ts';
import type { User } from './user.ts';

/** What tokens are issued for. */
export interface TokenRequest {
  readonly user: User;
  readonly grant: Grant;
  /** Milliseconds since the epoch, by the clock of the request. */
  readonly time: number;
  /** Why they are issued, as PreTokenGeneration is told. */
  readonly source: TokenSource;
  /** The ClientMetadata that the request hands to PreTokenGeneration. */
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

export async function issueTokens(pool: Pool, { user, grant, time }: TokenRequest): Promise<IssuedTokens> {
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
