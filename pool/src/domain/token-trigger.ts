/** The place where the trigger PreTokenGeneration changes claims, between making them and signing them. */
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import type { TokenSource } from '../triggers/events.ts';
import { preTokenGeneration } from '../triggers/pre-token-generation.ts';
import type { TokenClaims } from './claims.ts';
import { rolesOf } from './group-claims.ts';
import { groupsOf } from './groups.ts';
import type { User } from './user.ts';

/** What PreTokenGeneration is told about the tokens, besides their claims. */
export interface TokenTriggerRequest {
  readonly client: Client;
  /** Undefined if the tokens are those of the app client itself. */
  readonly user: User | undefined;
  readonly source: TokenSource;
  /** The granted scopes. */
  readonly scopes: readonly string[];
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/**
 * @returns the claims that are signed
 * @throws ServiceException what the trigger is refused with
 */
export async function applyTokenTrigger(
  pool: Pool,
  request: TokenTriggerRequest,
  claims: TokenClaims,
): Promise<TokenClaims> {
  const groups = rolesOf(request.user ? groupsOf(pool, request.user) : []);
  return preTokenGeneration(pool, { ...request, groups }, claims);
}
