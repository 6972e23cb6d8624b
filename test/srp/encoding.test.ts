/** Base64 and UTF-8 are encoded and decoded as the standards say. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import * as bufferEncoding from '../../src/srp/encoding.buffer.ts';
import * as nativeEncoding from '../../src/srp/encoding.native.ts';
import { fromUtf8 } from '../../src/srp/encoding.ts';
import { runs } from '../support/runs.ts';

const RUNS = runs(500);

const ENCODINGS = [
  ['native', nativeEncoding],
  ['buffer', bufferEncoding],
] as const;

describe.each(ENCODINGS)('the base64 of the encoding %s', (_, encoding) => {
  test('base64 of every length, both ways', () => {
    for (let length = 0; length <= 300; length++) {
      const bytes = randomBytes(length);
      const text = bytes.toString('base64');
      expect(encoding.toBase64(bytes)).toBe(text);
      expect(Buffer.from(encoding.fromBase64(text))).toEqual(bytes);
    }
  });

  test('base64 of every byte at every place of a group of three', () => {
    for (let byte = 0; byte < 256; byte++) {
      for (let place = 0; place < 3; place++) {
        const bytes = Buffer.alloc(3, 0x5a);
        bytes[place] = byte;
        expect(encoding.toBase64(bytes)).toBe(bytes.toString('base64'));
        expect(Buffer.from(encoding.fromBase64(bytes.toString('base64')))).toEqual(bytes);
      }
    }
  });

  test('base64 whose unused last bits are not 0 is read all the same', () => {
    expect(encoding.fromBase64('/x==')).toEqual(Uint8Array.of(255));
    expect(encoding.fromBase64('//9=')).toEqual(Uint8Array.of(255, 255));
  });
});

/** Any character up to U+00FF. Node's Buffer takes the low byte of every other one, which is a mistake of its own. */
const latin1Text = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.constantFrom(...Buffer.from('AZaz09+/-_\n '))))
  .map((units) => String.fromCharCode(...units).replace(/=/g, ''));
const padding = fc.constantFrom('', '=', '==', '===');

describe.each(ENCODINGS)('the lenient base64 of the encoding %s', (_, encoding) => {
  test('reads any text as Buffer does', () => {
    fc.assert(
      fc.property(latin1Text, padding, (digits, end) => {
        const text = digits + end;
        expect(Buffer.from(encoding.fromBase64(text)).toString('hex')).toBe(
          Buffer.from(text, 'base64').toString('hex'),
        );
      }),
      RUNS,
    );
  });

  test.each([
    [
      'a UUID',
      '70d24e26-5c2e-4c7e-9d3a-1d2f3a4b5c6d',
      'ef4776e1edbafb97367bee1cedefbd7776bed5dd9fddae1be5ce9d',
    ],
    ['base64url', 'c2Vj-_==', '736563fb'],
    ['no padding', 'c2Vj+w', '736563fb'],
    ['characters that are not digits', 'Y W\nJ*j', '616263'],
    ['a character above U+00FF', 'YWJj\u0141ZGVm', '616263646566'],
    ['a digit too many', 'YWJjZ', '616263'],
    ['one digit', 'a===', ''],
    ['padding alone', '====', ''],
    ['more after the padding', 'YQ==YQ==', '61'],
  ])('reads %s', (__, text, hex) => {
    expect(Buffer.from(encoding.fromBase64(text)).toString('hex')).toBe(hex);
  });
});

test('both encodings read any text alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(nativeEncoding.fromBase64(text)).toEqual(bufferEncoding.fromBase64(text));
    }),
    RUNS,
  );
});

describe.each(ENCODINGS)('the UTF-8 of the encoding %s', (_, encoding) => {
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
    expect(encoding.utf8(text)).toEqual(new TextEncoder().encode(text));
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
        expect(encoding.utf8(text)).toEqual(new TextEncoder().encode(text));
      }),
      RUNS,
    );
  });
});

test.each(['', 'plain % text', 'Zoë €uro 山田 \u{1F600}', '\uFEFFa'])('UTF-8 is read: %j', (text) => {
  expect(fromUtf8(new TextEncoder().encode(text))).toBe(text);
});

test('bytes that are not UTF-8 are refused', () => {
  expect(() => fromUtf8(Uint8Array.of(0x61, 0xff))).toThrow(URIError);
});
