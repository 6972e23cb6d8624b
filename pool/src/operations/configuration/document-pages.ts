/** Documents of one kind, page by page. */
import { type DocumentKind, documentsOf } from '../../domain/documents.ts';
import { invalidPageToken, LARGEST_PAGE, type Page, pageOf } from '../../domain/paging.ts';
import type { Pool } from '../../service/pool.ts';

export interface DocumentPageInput {
  /** 0 means the largest page. */
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * Lists documents, the oldest first, and those without a date by their names. AWS's order is not known.
 *
 * @param nameOf what no two documents of the kind have in common
 * @throws ServiceException InvalidParameterException for a token of another list
 */
export const listDocumentPage = <Document extends object>(
  pool: Pool,
  kind: DocumentKind<Document>,
  nameOf: (document: Document) => string | undefined,
  { MaxResults: size, NextToken: token }: DocumentPageInput,
): Page<Document> =>
  pageOf(documentsOf(pool, kind), (document) => ({ time: dateOf(document), name: nameOf(document) ?? '' }), {
    list: kind.name,
    size: size || LARGEST_PAGE,
    token,
    refuse: invalidPageToken,
  });

function dateOf(document: object): number {
  const { CreationDate }: { readonly CreationDate?: unknown } = document;
  return typeof CreationDate === 'number' ? CreationDate : 0;
}
