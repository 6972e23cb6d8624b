/** Every language has every text, with the same placeholders, in words for people. */
import { CHALLENGES } from '../../src/cognito/sign-in/challenge-table.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { de } from '../../src/texts/de/index.ts';
import { en } from '../../src/texts/en/index.ts';
import { es } from '../../src/texts/es/index.ts';
import { fr } from '../../src/texts/fr/index.ts';
import type { Texts } from '../../src/texts/index.ts';
import { ja } from '../../src/texts/ja/index.ts';
import { pt } from '../../src/texts/pt/index.ts';

const LANGUAGES: readonly (readonly [name: string, texts: Texts])[] = Object.entries({
  en,
  de,
  fr,
  es,
  pt,
  ja,
});

/** Every text by its place: `errors.THROTTLED`. */
const flat = (texts: object, prefix = ''): readonly (readonly [place: string, text: string])[] =>
  Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
    typeof text === 'object' && text !== null
      ? flat(text, `${prefix}${name}.`)
      : [[prefix + name, String(text)]],
  );
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const sentences = (texts: Texts) =>
  flat(texts).filter(([place]) => place !== 'language' && place !== 'listSeparator');

describe.each(LANGUAGES)('%s', (name, texts) => {
  test('has every text of English, and no other', () => {
    expect(flat(texts).map(([place]) => place)).toEqual(flat(en).map(([place]) => place));
  });

  test('has the placeholders of English in every text', () => {
    const english = new Map(flat(en));
    const wrong = flat(texts).filter(
      ([place, text]) => String(placeholders(text)) !== String(placeholders(english.get(place) ?? '')),
    );
    expect(wrong).toEqual([]);
  });

  test('names its language by a tag that the platform knows', () => {
    expect(Intl.getCanonicalLocales(texts.language)).toEqual([texts.language]);
    expect(texts.language.split('-')[0]).toBe(name);
  });

  test('has a text for every challenge', () => {
    const asked = Object.entries(CHALLENGES).filter(([, { kind }]) => kind === 'caller');
    expect(Object.keys(texts.challenges).sort()).toEqual(asked.map(([challenge]) => challenge).sort());
  });

  // A user knows none of these. "session" is left to the languages in which it is the everyday word
  test('names nothing of the service or of its protocol', () => {
    const terms =
      /cognito|\baws\b|amazon|\bsrp\b|lambda|trigger|\bmfa\b|\botp\b|\btotp\b|token|challenge|\bpool|client[ -_]?id|app client|parameter|exception|verifier|json|http|[a-z]_[a-z]|[A-Z]{2,}_/i;
    expect(sentences(texts).filter(([, text]) => terms.test(text))).toEqual([]);
  });

  test('has no empty text, no double space, no markup and no other braces', () => {
    const wrong = sentences(texts).filter(
      ([, text]) => /^\s|\s$| {2}|<|&\w+;|^$/.test(text) || /[{}]/.test(text.replace(/\{\w+\}/g, '')),
    );
    expect(wrong).toEqual([]);
  });

  test('ends a sentence as one', () => {
    const places = ['errors.', 'recoveries.', 'deviceProblems.', 'passkeyErrors.', 'notices.', 'deliveries.'];
    const wrong = sentences(texts).filter(
      ([place, text]) => places.some((prefix) => place.startsWith(prefix)) && !/[.。]$/.test(text),
    );
    expect(wrong).toEqual([]);
  });

  test('is not longer than a line of a phone on a button', () => {
    const long = Object.entries({ ...texts.buttons, ...texts.working }).filter(
      ([, text]) => text.length > 42,
    );
    expect(long).toEqual([]);
  });
});

test('the translations are translations: few texts are those of English', () => {
  const english = new Map(sentences(en));
  for (const [name, texts] of LANGUAGES.slice(1)) {
    const same = sentences(texts).filter(([place, text]) => english.get(place) === text);
    expect({ name, same: same.length < 25 }).toEqual({ name, same: true });
  }
});

test.each([
  ['de', de, /(?<!\p{L})(du|dein|deine|deinen|dich|dir)(?!\p{L})/iu],
  ['fr', fr, /(?<!\p{L})(tu|ton|ta|tes|toi|te)(?!\p{L})/iu],
  ['es', es, /(?<!\p{L})(tú|tu|tus|ti|te|vosotros)(?!\p{L})/iu],
  ['pt', pt, /(?<!\p{L})(tu|teu|tua|teus|tuas|ti)(?!\p{L})/iu],
] as const)('%s addresses the user formally throughout', (_, texts, familiar) => {
  expect(sentences(texts).filter(([, text]) => familiar.test(text))).toEqual([]);
});

/** A sample: that no code is missing is checked by the compiler, by the type of `Texts`. */
const OWN_WORDS: Partial<Record<ErrorCode, RegExp>> = {
  CODE_MISMATCH: /code/i,
  PASSWORD_POLICY: /password/,
  NETWORK_FAILED: /connection/,
  USER_DISABLED: /account/,
};
test.each(Object.entries(OWN_WORDS))('%s says what it is about', (code, words) => {
  expect(en.errors[code as ErrorCode]).toMatch(words);
});

test('every error says what the user can do', () => {
  const actions =
    /\b(Tell|Try|try|Ask|ask|Sign in|sign in|Start again|start again|Enter|enter|Check|check|Choose|choose|Use|use|Wait|wait|Update|Confirm|Set|Have|reset|That is not offered)\b/;
  expect(Object.entries(en.errors).filter(([, text]) => !actions.test(text))).toEqual([]);
});

test.each([
  ['en', en, /\bread\b/, /incomplete/, /stays/],
  ['de', de, /lesbar|gelesen/, /unvollständig/, /bleib/],
  ['es', es, /leer/, /incompletos/, /sigue/],
  ['fr', fr, /lisibles|lues/, /incomplètes/, /reste/],
  ['ja', ja, /読み取|アクセス/, /不足/, /残/],
  ['pt', pt, /ler/, /incompletos/, /continua/],
] as const)(
  '%s: a device of which something is missing could be read, and one that could not be read may be replaced',
  (_, texts, unread, incomplete, stays) => {
    const { DEVICE_DAMAGED, DEVICE_UNREADABLE } = texts.deviceProblems;
    expect(DEVICE_DAMAGED).toMatch(incomplete);
    expect(DEVICE_DAMAGED).not.toMatch(unread);
    expect(DEVICE_UNREADABLE).toMatch(unread);
    expect(DEVICE_UNREADABLE).not.toMatch(stays);
  },
);
