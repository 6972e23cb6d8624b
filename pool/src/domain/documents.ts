/** Configuration that a pool stores and describes: documents of several kinds, each under its kind and id. */

import type { PoolState, StoredDocument } from '../service/pool.ts';
import type { ServiceException } from './service-exception.ts';

/** A kind of documents. */
export interface DocumentKind<Document extends object> {
  /** What its keys begin with. */
  readonly name: string;
  /** It is never there. It gives the documents of the kind their type. */
  readonly type?: Document;
}

/** A kind whose documents are created and deleted, and how that is refused. */
export interface CreatedKind<Document extends object> extends DocumentKind<Document> {
  readonly missing: (id: string, pool: PoolState) => ServiceException;
  readonly taken: (id: string, pool: PoolState) => ServiceException;
}

/** What the collection keeps: the documents of all kinds are in it, and a reader asks for those of one. */
interface Kept<Document> {
  readonly kind: string;
  readonly id: string;
  readonly document: Document;
}

const keyOf = ({ name }: { readonly name: string }, id: string) => `${name}:${id}`;

// Only this file writes documents, so under a kind's name there are documents of that kind.
const readKept = <Document>(stored: StoredDocument) => stored as unknown as Kept<Document>;

/** @returns undefined if the pool has no such document */
export function findDocument<Document extends object>(
  pool: PoolState,
  kind: DocumentKind<Document>,
  id: string,
): Document | undefined {
  const stored = pool.documents.get(keyOf(kind, id));
  return stored && readKept<Document>(stored).document;
}

/** @throws ServiceException of the kind, if the pool has no such document */
export function documentOf<Document extends object>(
  pool: PoolState,
  kind: CreatedKind<Document>,
  id: string,
): Document {
  const document = findDocument(pool, kind, id);
  if (document) return document;
  throw kind.missing(id, pool);
}

/** The documents of one kind, the oldest first. */
export function documentsOf<Document extends object>(
  pool: PoolState,
  kind: DocumentKind<Document>,
): readonly Document[] {
  return [...pool.documents.values()]
    .filter((stored) => readKept(stored).kind === kind.name)
    .map((stored) => readKept<Document>(stored).document);
}

/** Adds or replaces a document. */
export function putDocument<Document extends object>(
  pool: PoolState,
  kind: DocumentKind<Document>,
  id: string,
  document: Document,
): Document {
  pool.documents.put(keyOf(kind, id), { kind: kind.name, id, document });
  return document;
}

/** @throws ServiceException of the kind, if there is one with that id */
export function addDocument<Document extends object>(
  pool: PoolState,
  kind: CreatedKind<Document>,
  id: string,
  document: Document,
): Document {
  if (findDocument(pool, kind, id)) throw kind.taken(id, pool);
  return putDocument(pool, kind, id, document);
}

/**
 * Changes the members of a document that are given. Those that are undefined stay as they are.
 *
 * @throws ServiceException of the kind, if the pool has no such document
 */
export function changeDocument<Document extends object>(
  pool: PoolState,
  kind: CreatedKind<Document>,
  id: string,
  changes: { readonly [Member in keyof Document]?: Document[Member] | undefined },
): Document {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return putDocument(pool, kind, id, { ...documentOf(pool, kind, id), ...Object.fromEntries(given) });
}

/** @throws ServiceException of the kind, if the pool has no such document */
export function deleteDocument<Document extends object>(
  pool: PoolState,
  kind: CreatedKind<Document>,
  id: string,
): void {
  if (!pool.documents.delete(keyOf(kind, id))) throw kind.missing(id, pool);
}
