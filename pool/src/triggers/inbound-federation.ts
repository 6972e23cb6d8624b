/** InboundFederation: a trigger that chooses the attributes which a user of an identity provider brings along. */
import type { Pool } from '../service/pool.ts';
import type { InboundFederationEvent } from './events.ts';
import { readTexts } from './response-members.ts';
import { hasTrigger, runTrigger } from './run-trigger.ts';
import { makeEvent } from './trigger-event.ts';

/** A sign-in that came back from a provider. */
export interface InboundUser {
  readonly clientId: string;
  /** The user name, such as `Google_123`. */
  readonly userName: string;
  readonly providerName: string;
  readonly providerType: InboundFederationEvent['request']['providerType'];
  /** What the provider said. */
  readonly attributes: InboundFederationEvent['request']['attributes'];
}

/**
 * Runs InboundFederation, if the pool has it. Documented: it runs at each sign-in, before the user is added or changed.
 *
 * @returns the attributes that the user gets, without those that are not listed; undefined to keep what the provider said
 * @throws ServiceException what `runTrigger` throws, and InvalidLambdaResponseException for attributes that are not strings
 */
export async function inboundFederation(
  pool: Pool,
  { clientId, userName, providerName, providerType, attributes }: InboundUser,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (!hasTrigger(pool, 'InboundFederation')) return undefined;
  const response = await runTrigger(
    pool,
    'InboundFederation',
    makeEvent(
      pool,
      'InboundFederation_ExternalProvider',
      { userName, clientId },
      { providerName, providerType, attributes },
      { userAttributesToMap: {} },
    ),
  );
  const mapped = readTexts(response, 'userAttributesToMap') ?? {};
  return Object.keys(mapped).length === 0 ? undefined : mapped;
}
