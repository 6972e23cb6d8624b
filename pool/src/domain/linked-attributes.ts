/**
 * Which attribute names an identity that AdminLinkProviderForUser linked, where it is not the subject. It is kept beside the attribute
 * `identities`, because the service does not show it there.
 */
import type { PoolState } from '../service/pool.ts';
import { type CreatedKind, deleteDocument, findDocument, putDocument } from './documents.ts';
import { userDoesNotExist } from './service-exception.ts';

/** The name of AWS for the subject of a provider. */
const SUBJECT = 'Cognito_Subject';

interface LinkedAttribute {
  readonly attribute: string;
}

const LINKED_ATTRIBUTE: CreatedKind<LinkedAttribute> = {
  name: 'linkedAttribute',
  missing: userDoesNotExist,
  taken: userDoesNotExist,
};

interface LinkedIdentity {
  readonly providerName: string;
  readonly userId: string;
}

const idOf = ({ providerName, userId }: LinkedIdentity) => JSON.stringify([providerName, userId]);

/** @param attribute the ProviderAttributeName of the link. Undefined and `Cognito_Subject` are the subject. */
export function keepLinkedAttribute(
  pool: PoolState,
  identity: LinkedIdentity,
  attribute: string | undefined,
): void {
  // A user who had the same identity and was deleted may have left one
  forgetLinkedAttribute(pool, identity);
  if (attribute === undefined || attribute === '' || attribute === SUBJECT) return;
  putDocument(pool, LINKED_ATTRIBUTE, idOf(identity), { attribute });
}

/** @returns undefined for the subject */
export const linkedAttributeOf = (pool: PoolState, identity: LinkedIdentity): string | undefined =>
  findDocument(pool, LINKED_ATTRIBUTE, idOf(identity))?.attribute;

export function forgetLinkedAttribute(pool: PoolState, identity: LinkedIdentity): void {
  if (linkedAttributeOf(pool, identity) !== undefined) deleteDocument(pool, LINKED_ATTRIBUTE, idOf(identity));
}
