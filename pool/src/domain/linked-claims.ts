/**
 * Which claim names an identity that AdminLinkProviderForUser linked, where it is not the subject. It is kept beside the attribute
 * `identities`, because the service does not show it there.
 */
import type { PoolState } from '../service/pool.ts';
import { type CreatedKind, deleteDocument, findDocument, putDocument } from './documents.ts';
import { userDoesNotExist } from './service-exception.ts';

/** The name of AWS for the subject of a provider. */
const SUBJECT = 'Cognito_Subject';

interface LinkedClaim {
  readonly claim: string;
}

const LINKED_CLAIM: CreatedKind<LinkedClaim> = {
  name: 'linkedClaim',
  missing: userDoesNotExist,
  taken: userDoesNotExist,
};

interface LinkedIdentity {
  readonly providerName: string;
  readonly userId: string;
}

const idOf = ({ providerName, userId }: LinkedIdentity) => JSON.stringify([providerName, userId]);

/** @param claim the ProviderAttributeName of the link. Undefined and `Cognito_Subject` are the subject. */
export function keepLinkedClaim(pool: PoolState, identity: LinkedIdentity, claim: string | undefined): void {
  if (claim !== undefined && claim !== '' && claim !== SUBJECT) {
    putDocument(pool, LINKED_CLAIM, idOf(identity), { claim });
  }
}

/** @returns undefined for the subject */
export const linkedClaimOf = (pool: PoolState, identity: LinkedIdentity): string | undefined =>
  findDocument(pool, LINKED_CLAIM, idOf(identity))?.claim;

export function forgetLinkedClaim(pool: PoolState, identity: LinkedIdentity): void {
  if (linkedClaimOf(pool, identity) !== undefined) deleteDocument(pool, LINKED_CLAIM, idOf(identity));
}
