/** A list that the service gives in pages. */
import { isNonEmptyString } from '../values.ts';
import type { Output } from './fetch-transport.ts';

/**
 * Gives the items of all pages. It asks for the next page when the loop gets there.
 *
 * @param itemsMember the member of the output that holds the items
 * @param tokenMember the member of the output that names the next page
 * @param requestPage sends one request; its argument is undefined for the first page
 */
export async function* listItems(
  itemsMember: string,
  tokenMember: string,
  requestPage: (token: string | undefined) => Promise<Output>,
): AsyncGenerator<unknown, void, undefined> {
  let token: string | undefined;
  let hasMore: boolean;
  do {
    const output = await requestPage(token);
    const items: unknown = output[itemsMember];
    if (Array.isArray(items)) yield* items;
    const next: unknown = output[tokenMember];
    // If the same token comes again, the same page would be listed for ever.
    hasMore = isNonEmptyString(next) && next !== token;
    token = isNonEmptyString(next) ? next : undefined;
  } while (hasMore);
}
