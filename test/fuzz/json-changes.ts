/** Right values of JSON with something changed: a member replaced, removed, added, renamed, moved, or its text edited. */
import fc, { type Arbitrary } from 'fast-check';
import { type Json, oddName, oddText, oddValue } from './odd-values.ts';

/** One change of a value. `at` chooses a place in it, whatever its number of places is. */
export type Change =
  | { readonly kind: 'replace'; readonly at: number; readonly value: Json }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'add'; readonly at: number; readonly name: string; readonly value: Json }
  | { readonly kind: 'copy'; readonly at: number; readonly from: number }
  | { readonly kind: 'wrap'; readonly at: number; readonly inArray: boolean }
  | {
      readonly kind: 'edit';
      readonly at: number;
      readonly index: number;
      readonly cut: number;
      readonly text: string;
    };

const at = fc.nat({ max: 10_000 });

export const change: Arbitrary<Change> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('replace' as const), at, value: oddValue }), weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant('remove' as const), at }), weight: 3 },
  {
    arbitrary: fc.record({ kind: fc.constant('add' as const), at, name: oddName, value: oddValue }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('copy' as const), at, from: at }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('wrap' as const), at, inArray: fc.boolean() }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      at,
      index: at,
      cut: fc.nat({ max: 30 }),
      text: oddText,
    }),
    weight: 3,
  },
);

/** One change is the most common, because several hide each other. */
export const changes: Arbitrary<readonly Change[]> = fc.oneof(
  { arbitrary: fc.array(change, { minLength: 1, maxLength: 1 }), weight: 3 },
  { arbitrary: fc.array(change, { minLength: 0, maxLength: 4 }), weight: 1 },
);

type Container = Json[] | Record<string, Json>;

interface Place {
  readonly container: Container;
  readonly name: string;
}

const isContainer = (value: Json | undefined): value is Container =>
  typeof value === 'object' && value !== null;

const valueAt = ({ container, name }: Place): Json =>
  Object.getOwnPropertyDescriptor(container, name)?.value as Json;

/** Sets an own property, whatever its name is. */
function put({ container, name }: Place, value: Json): void {
  Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
}

function placesOf(root: Container): Place[] {
  const places: Place[] = [];
  const visit = (container: Container) => {
    for (const name of Object.keys(container)) {
      const place = { container, name };
      places.push(place);
      const value = valueAt(place);
      if (isContainer(value)) visit(value);
    }
  };
  visit(root);
  return places;
}

/** Nothing is put in twice, because what is inside itself is not JSON. */
const copyOf = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

/** @returns another value. The given one stays as it is. */
export function withChanges(value: Json, list: readonly Change[]): Json {
  // The whole value is a place, too
  const root: Json[] = [copyOf(value)];
  for (const each of list) applyChange(root, each);
  return root[0] ?? null;
}

function applyChange(root: Json[], each: Change): void {
  const places = placesOf(root);
  const place = places[each.at % places.length];
  if (!place) return;
  const value = valueAt(place);
  switch (each.kind) {
    case 'replace':
      put(place, copyOf(each.value));
      return;
    case 'remove':
      if (place.container === root) return;
      if (Array.isArray(place.container)) place.container.splice(Number(place.name), 1);
      else delete place.container[place.name];
      return;
    case 'add': {
      const target = isContainer(value) ? value : place.container;
      if (target === root) return;
      if (Array.isArray(target)) target.push(copyOf(each.value));
      else put({ container: target, name: each.name }, copyOf(each.value));
      return;
    }
    case 'copy': {
      const from = places[each.from % places.length];
      if (from) put(place, copyOf(valueAt(from)));
      return;
    }
    case 'wrap':
      put(place, each.inArray ? [value] : { value });
      return;
    case 'edit': {
      if (typeof value !== 'string') return;
      const index = each.index % (value.length + 1);
      put(place, value.slice(0, index) + each.text + value.slice(index + each.cut));
      return;
    }
  }
}

/** What may become of a text on its way: cut off, or with bytes that are not of it. */
export type TextChange = { readonly index: number; readonly cut: number; readonly text: string };

export const textChanges: Arbitrary<readonly TextChange[]> = fc.oneof(
  { arbitrary: fc.constant([]), weight: 3 },
  {
    arbitrary: fc.array(fc.record({ index: at, cut: fc.nat({ max: 2000 }), text: oddText }), {
      minLength: 1,
      maxLength: 3,
    }),
    weight: 1,
  },
);

export const withTextChanges = (text: string, list: readonly TextChange[]): string =>
  list.reduce((changed, { index, cut, text: added }) => {
    const start = index % (changed.length + 1);
    return changed.slice(0, start) + added + changed.slice(start + cut);
  }, text);
