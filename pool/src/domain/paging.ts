/** Pages of lists. A token names the place of the last item of its page, so the next page is right whatever came or went since. */
import { invalidParameter, type ServiceException } from './service-exception.ts';

/** Where an item stands in its list: by time, and by name among those of the same time. */
export interface Place {
  readonly time: number;
  /** No two items of a list have the same name. */
  readonly name: string;
}

export interface PageRequest {
  /** Names the list. The token of another list is refused. */
  readonly list: string;
  /** How many items a page has at most. */
  readonly size: number;
  /** The token of the page before, if it is not the first. */
  readonly token: string | undefined;
  /** The refusal of a token that is not from this list. */
  readonly refuse: (token: string) => ServiceException;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Undefined on the last page. */
  readonly token: string | undefined;
}

/** The refusal that was measured at ListGroups. Lists whose own text is not known have it too. */
export const invalidPageToken = (): ServiceException =>
  invalidParameter('Provided pagination token is invalid. Check the token and try your request again.');

/** The largest page of the service. Its model lets most lists ask for 0 items, which means this many. */
export const LARGEST_PAGE = 60;

/**
 * Takes one page out of items in any order. It reads all items but sorts only those of the page.
 *
 * @throws ServiceException what `refuse` makes
 */
export function pageOf<Item>(
  items: Iterable<Item>,
  placeOf: (item: Item) => Place,
  { list, size, token, refuse }: PageRequest,
): Page<Item> {
  const after = token === undefined ? undefined : readToken(list, token);
  if (token !== undefined && !after) throw refuse(token);
  // One item more than the page has, to know whether there is another page
  const found: { readonly item: Item; readonly place: Place }[] = [];
  for (const item of items) {
    const place = placeOf(item);
    if (after && !isBefore(after, place)) continue;
    const last = found.at(-1);
    if (found.length > size && last && !isBefore(place, last.place)) continue;
    found.splice(found.filter((other) => isBefore(other.place, place)).length, 0, { item, place });
    if (found.length > size + 1) found.pop();
  }
  const page = found.slice(0, size);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    token: last && found.length > size ? writeToken(list, last.place) : undefined,
  };
}

/** @returns a negative number if the first place comes first */
export function comparePlaces(one: Place, other: Place): number {
  if (one.time !== other.time) return one.time - other.time;
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}

const isBefore = (one: Place, other: Place): boolean => comparePlaces(one, other) < 0;

/** Makes a token of URL-safe base64, as the service's are. */
function writeToken(list: string, { time, name }: Place): string {
  const bytes = new TextEncoder().encode(JSON.stringify([list, time, name]));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

/** @returns undefined for a text that is not a token of this list */
function readToken(list: string, token: string): Place | undefined {
  try {
    const binary = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const [from, time, name]: readonly unknown[] = Array.isArray(read) ? read : [];
    if (from !== list || typeof time !== 'number' || typeof name !== 'string') return undefined;
    return { time, name };
  } catch {
    return undefined;
  }
}
