/** PreTokenGeneration: a trigger that changes the claims and the scopes of tokens before they are signed. */
import type { GroupRoles } from '../domain/group-claims.ts';
import type { User } from '../domain/user.ts';
import type { PreTokenGenerationLambdaVersionType } from '../model/types.generated.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { type ClaimSets, changeClaims, readOverride } from './claim-overrides.ts';
import type { TokenSource } from './events.ts';
import { preTokenGenerationVersion } from './pre-token-version.ts';
import { hasTrigger, runTrigger } from './run-trigger.ts';
import { makeEvent, userAttributesOf, withClientMetadata } from './trigger-event.ts';

/** What tokens are issued for. */
export interface TokenGeneration {
  readonly client: Client;
  /** Undefined if the token is that of the app client itself. */
  readonly user: User | undefined;
  readonly source: TokenSource;
  /** The granted scopes. */
  readonly scopes: readonly string[];
  /** The groups and roles of the user. */
  readonly groups: GroupRoles;
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

const EVENT_VERSION: Readonly<Record<PreTokenGenerationLambdaVersionType, string>> = {
  V1_0: '1',
  V2_0: '2',
  V3_0: '3',
};

/**
 * Runs PreTokenGeneration, if the pool has it. A token of an app client is given to version V3_0 alone, as documented.
 *
 * @returns the claims with the changes of the trigger
 * @throws ServiceException what `runTrigger` throws, and InvalidLambdaResponseException for changes with wrong types
 */
export async function preTokenGeneration<Claims extends ClaimSets>(
  pool: Pool,
  { client, user, source, scopes, groups, clientMetadata }: TokenGeneration,
  claims: Claims,
): Promise<Claims> {
  if (!hasTrigger(pool, 'PreTokenGeneration')) return claims;
  const lambdaVersion = preTokenGenerationVersion(pool);
  if (!user && lambdaVersion !== 'V3_0') return claims;
  const isFirst = lambdaVersion === 'V1_0';
  const response = await runTrigger(
    pool,
    'PreTokenGeneration',
    makeEvent(
      pool,
      source,
      {
        userName: user?.username ?? 'ClientCredentials',
        clientId: client.ClientId,
        version: EVENT_VERSION[lambdaVersion],
      },
      {
        userAttributes: user ? userAttributesOf(pool, user) : {},
        groupConfiguration: user
          ? {
              groupsToOverride: groups.groups,
              iamRolesToOverride: groups.roles,
              preferredRole: groups.preferredRole ?? null,
            }
          : null,
        ...(!isFirst && { scopes }),
        ...withClientMetadata(clientMetadata),
      },
      isFirst ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
    ),
  );
  return changeClaims(claims, readOverride(response, isFirst), client.ClientId);
}
