/** Values that programs tend to mistake for others, and the short forms of those that are too long to be kept. */
import fc, { type Arbitrary } from 'fast-check';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Names that an object has without anybody having given them. */
export const INHERITED_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'toJSON',
];

/** Any UTF-16 units, also halves of surrogate pairs. */
export const anyUnits: Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0xd7f0, max: 0xe010 }),
      fc.integer({ min: 0, max: 0x7f }),
    ),
    {
      maxLength: 12,
    },
  )
  .map((units) => String.fromCharCode(...units));

/** A long text and a deep value, in their short forms: `expand` makes them. */
const hugeText: Arbitrary<string> = fc.constantFrom(200, 2100, 20_000).map((length) => `@huge:${length}@`);
const deepValue: Arbitrary<string> = fc.constantFrom(50, 3000, 20_000).map((depth) => `@deep:${depth}@`);

const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udc00x',
  '\ufeff',
  '\u2028',
  '%',
  '%00',
  '%E0%A4%A',
  'null',
  '0',
  '-1',
  '1e999',
];
const MORE_TEXTS = [
  'true',
  '{}',
  '[]',
  '"',
  '\\',
  ';',
  '=',
  '\r\n',
  '../..',
  'a.b.c',
  'Level2',
  'NaN',
  'İ',
  'ß',
  '👩‍👩‍👧',
  'a\u0301',
  '٣',
];

export const oddText: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...ODD_TEXTS, ...MORE_TEXTS, ...INHERITED_NAMES), weight: 5 },
  { arbitrary: fc.string({ maxLength: 20 }), weight: 3 },
  { arbitrary: anyUnits, weight: 3 },
  { arbitrary: fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), maxLength: 40 }), weight: 2 },
  { arbitrary: fc.string({ unit: fc.constantFrom(...'ABCabc012_-.=+/'), maxLength: 40 }), weight: 2 },
  { arbitrary: hugeText, weight: 1 },
);

export const oddNumber: Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -1, 1, 0.5, 1e21, 1.7e308, -1.7e308, 5e-324, 2 ** 31, 2 ** 53, 8.64e15, 8.64e15 + 1),
  fc.integer(),
);

export const oddName: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...INHERITED_NAMES), weight: 2 },
  { arbitrary: oddText, weight: 1 },
);

/** A value of any JSON type. */
export const oddValue: Arbitrary<Json> = fc.oneof(
  { arbitrary: fc.constantFrom<Json>(null, true, false, [], {}, [null], [[]], { a: {} }), weight: 4 },
  { arbitrary: oddText, weight: 5 },
  { arbitrary: oddNumber, weight: 3 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }) as Arbitrary<Json>, weight: 2 },
  { arbitrary: fc.tuple(oddName, oddText).map(([name, value]) => entry(name, value)), weight: 2 },
  { arbitrary: deepValue, weight: 1 },
);

/** An object with one member of its own, whatever its name is. */
const entry = (name: string, value: Json): Json => Object.fromEntries([[name, value]]);

/** Makes the long and deep values of the short forms. */
export const expand = (text: string): string =>
  text.includes('@')
    ? text
        .replace(
          /"@deep:(\d{1,6})@"/g,
          (_, depth: string) => '['.repeat(Number(depth)) + ']'.repeat(Number(depth)),
        )
        .replace(/@huge:(\d{1,7})@/g, (_, length: string) => 'x'.repeat(Number(length)))
    : text;

/** The JSON of a value, with its long and deep values. */
export const toText = (value: Json): string => expand(JSON.stringify(value));

/** The value itself, with its long and deep values. */
export const toValue = (value: Json): unknown => JSON.parse(toText(value));
