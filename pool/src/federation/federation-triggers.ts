/** The Lambda triggers of a sign-in through an identity provider, with what the provider says as their input. */
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { inboundFederation } from '../triggers/inbound-federation.ts';
import { postAuthentication } from '../triggers/post-authentication.ts';
import { postConfirmation } from '../triggers/post-confirmation.ts';
import { preAuthentication } from '../triggers/pre-authentication.ts';
import { preSignUp } from '../triggers/pre-sign-up.ts';
import type { Claims } from './attribute-mapping.ts';
import { type FederatedIdentity, federatedUsername } from './federated-user.ts';
import type { ProviderAnswer } from './provider-calls.ts';

type Attributes = Readonly<Record<string, string>>;

/**
 * Runs InboundFederation. That the names in its answer are those of the provider, to which AttributeMapping is then applied, is an
 * assumption.
 *
 * @returns the claims that are mapped: those of the ID token and UserInfo, or what the trigger gives back in their place
 */
export async function runInboundFederation(
  pool: Pool,
  { ClientId: clientId }: Client,
  identity: FederatedIdentity,
  { tokenResponse, idToken, userInfo }: ProviderAnswer,
): Promise<Claims> {
  const { name: providerName, type: providerType } = identity.provider;
  const listed = await inboundFederation(pool, {
    clientId,
    userName: federatedUsername(pool, identity),
    providerName,
    providerType,
    attributes: { tokenResponse, idToken, ...(userInfo && { userInfo }) },
  });
  return listed ?? identity.claims;
}

/** @returns the attributes of the new user, whose addresses are verified if the trigger says so */
export async function runPreSignUp(
  pool: Pool,
  { ClientId: clientId }: Client,
  userName: string,
  userAttributes: Attributes,
): Promise<Attributes> {
  const { verified } = await preSignUp(pool, {
    source: 'PreSignUp_ExternalProvider',
    clientId,
    userName,
    userAttributes,
    validationData: undefined,
    clientMetadata: undefined,
  });
  return { ...userAttributes, ...verified };
}

export const runPostConfirmation = (pool: Pool, { ClientId: clientId }: Client, user: User): Promise<void> =>
  postConfirmation(pool, {
    source: 'PostConfirmation_ConfirmSignUp',
    user,
    clientId,
    clientMetadata: undefined,
  });

export const runPreAuthentication = (pool: Pool, client: Client, user: User): Promise<void> =>
  preAuthentication(pool, client, user.username, user, undefined);

export const runPostAuthentication = (pool: Pool, client: Client, user: User): Promise<void> =>
  postAuthentication(pool, { client, user, newDeviceUsed: false, clientMetadata: undefined });
