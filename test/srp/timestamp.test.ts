/** TIMESTAMP equals Java's format. */
import { formatTimestamp } from '../../src/srp/index.ts';
import java from '../../vectors/java-timestamps.json' with { type: 'json' };

const cases = java.cases as [ms: number, text: string][];
const expected = cases.map(([, text]) => text);

test('the vectors hold every day of 2028, every hour, and the years 1970, 1999 and 2100', () => {
  const days = new Set(expected.filter((text) => text.endsWith('2028')).map((t) => t.split(' ', 3).join()));
  expect(days.size).toBe(366);
  expect(new Set(expected.map((text) => text.split(' ')[3]?.slice(0, 2))).size).toBe(24);
  expect(new Set(expected.map((text) => text.slice(-4)))).toEqual(new Set(['2028', '1970', '1999', '2100']));
});

test(`equals ${java.source}`, () => {
  expect(cases.map(([ms]) => formatTimestamp(ms))).toEqual(expected);
});

test('does not pad the day and pads the time', () => {
  expect(formatTimestamp(Date.UTC(2026, 8, 4, 3, 5, 9))).toBe('Fri Sep 4 03:05:09 UTC 2026');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])('refuses %p as a time', (now) => {
  expect(() => formatTimestamp(now)).toThrow(
    expect.objectContaining({ name: 'ArgumentError', code: 'OPTION_INVALID', field: 'now' }),
  );
});
