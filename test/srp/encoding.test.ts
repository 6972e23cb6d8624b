/** Base64 and UTF-8 are encoded and decoded as the standards say. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { fromBase64, toBase64, utf8 } from '#encoding';

const RUNS = { numRuns: 500 };

test('base64 of every length, both ways', () => {
  for (let length = 0; length <= 300; length++) {
    const bytes = randomBytes(length);
    const text = bytes.toString('base64');
    expect(toBase64(bytes)).toBe(text);
    expect(Buffer.from(fromBase64(text))).toEqual(bytes);
  }
});

test('base64 of every byte at every place of a group of three', () => {
  for (let byte = 0; byte < 256; byte++) {
    for (let place = 0; place < 3; place++) {
      const bytes = Buffer.alloc(3, 0x5a);
      bytes[place] = byte;
      expect(toBase64(bytes)).toBe(bytes.toString('base64'));
      expect(Buffer.from(fromBase64(bytes.toString('base64')))).toEqual(bytes);
    }
  }
});

test('base64 whose unused last bits are not 0 is read all the same', () => {
  expect(fromBase64('/x==')).toEqual(Uint8Array.of(255));
  expect(fromBase64('//9=')).toEqual(Uint8Array.of(255, 255));
});

test.each([
  ['nothing', ''],
  ['ASCII, escaped or not', '\0\t\n\r %25 !"#$&\'()*+,-./:;<=>?@[\\]^_`{|}~\x7f'],
  ['two, three and four bytes', 'Zoë €uro 山田 \u{1F600} \u{10FFFF}'],
  ['a lone high surrogate', 'a\uD83Db'],
  ['a lone low surrogate', 'a\uDE00b'],
  ['surrogates the wrong way round', '\uDE00\uD83D'],
  ['a high surrogate before a pair', '\uD83D\uD83D\uDE00'],
  ['a high surrogate at the end', 'a\uD83D'],
  ['a byte order mark', '\uFEFFa'],
])('UTF-8 of %s', (_, text) => {
  expect(utf8(text)).toEqual(new TextEncoder().encode(text));
});

test('UTF-8 of any UTF-16 units', () => {
  const unit = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 0xd7f0, max: 0xe010 }),
    fc.integer({ min: 0, max: 0x7f }),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), (units) => {
      const text = String.fromCharCode(...units);
      expect(utf8(text)).toEqual(new TextEncoder().encode(text));
    }),
    RUNS,
  );
});
