/** What the page of managed login needs to know of the pool and the app client. */
import { flowsOf } from '../domain/clients.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { nameRulesOf } from '../settings/rules.ts';
import { hasTrigger } from '../triggers/run-trigger.ts';
import { acceptsOwnUsers } from './managed-client.ts';

/** It goes to the page as JSON, so it holds nothing that is not public. */
export interface PageConfig {
  /** The name of the pool. */
  readonly name: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** The flow in which the password of the first step is used. */
  readonly flow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'CUSTOM_AUTH';
  /** Whether users of the pool itself may sign in. */
  readonly ownUsers: boolean;
  /** The names of the client's identity providers. */
  readonly providers: readonly string[];
  readonly hasSignUp: boolean;
  /** Whether users may begin with something else than a password. */
  readonly hasOtherFactors: boolean;
  /** The attributes that a new user has to give. */
  readonly signUpAttributes: readonly string[];
  /** What a user name is, where the pool takes addresses of one kind alone. */
  readonly usernameIs?: 'email' | 'phone_number';
  readonly passwordPolicy: Readonly<Record<string, number | boolean | undefined>>;
  readonly sessionMinutes: number | undefined;
}

export function pageConfigOf(pool: Pool, client: Client): PageConfig {
  const { settings, passwordPolicy: policy, allowedFirstAuthFactors } = pool;
  const { usernameAttributes } = nameRulesOf(settings);
  const [usernameIs] = usernameAttributes.length === 1 ? usernameAttributes.filter(isAddress) : [];
  return {
    name: settings.userPool.Name ?? pool.userPoolId,
    userPoolId: pool.userPoolId,
    clientId: client.ClientId,
    flow: flowOf(pool, client),
    ownUsers: acceptsOwnUsers(client),
    providers: (client.SupportedIdentityProviders ?? []).filter((name) => name !== 'COGNITO'),
    hasSignUp: !pool.adminCreateUserOnly,
    hasOtherFactors: allowedFirstAuthFactors.some((factor) => factor !== 'PASSWORD'),
    signUpAttributes: signUpAttributesOf(pool),
    ...(usernameIs && { usernameIs }),
    passwordPolicy: {
      minimumLength: policy.MinimumLength,
      requireLowercase: policy.RequireLowercase,
      requireUppercase: policy.RequireUppercase,
      requireNumbers: policy.RequireNumbers,
      requireSymbols: policy.RequireSymbols,
    },
    sessionMinutes: client.AuthSessionValidity,
  };
}

/** The required ones, and the address that the code goes to which confirms a new user. */
function signUpAttributesOf({ requiredAttributes, autoVerifiedAttributes }: Pool): readonly string[] {
  const [address] = autoVerifiedAttributes;
  const isAsked = requiredAttributes.some((name) => autoVerifiedAttributes.includes(name));
  return isAsked || address === undefined ? requiredAttributes : [...requiredAttributes, address];
}

const isAddress = (name: string): name is 'email' | 'phone_number' =>
  name === 'email' || name === 'phone_number';

/**
 * The service's page has no custom challenges. Here a client whose one flow is CUSTOM_AUTH signs in by it, so that triggers can be
 * tried through the page. UserMigration needs the password, so a page of a pool with that trigger sends it, as the service's does.
 */
function flowOf(pool: Pool, client: Client): PageConfig['flow'] {
  if (hasTrigger(pool, 'UserMigration')) return 'USER_PASSWORD_AUTH';
  const flows = flowsOf(client).filter((flow) => flow !== 'ALLOW_REFRESH_TOKEN_AUTH');
  const isCustom = (flow: string) => flow === 'ALLOW_CUSTOM_AUTH' || flow === 'CUSTOM_AUTH_FLOW_ONLY';
  return flows.length > 0 && flows.every(isCustom) ? 'CUSTOM_AUTH' : 'USER_SRP_AUTH';
}
