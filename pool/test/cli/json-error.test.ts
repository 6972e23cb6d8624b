/** A seed that is not JSON is refused with the line and column of the error. */
import fc from 'fast-check';
import { findJsonError } from '../../src/cli/json-error.ts';

test.each<[text: string, line: number, column: number]>([
  ['', 1, 1],
  [' \n\t', 2, 2],
  ['{', 1, 2],
  ['{"a" 1}', 1, 6],
  ['{"a": 1,}', 1, 9],
  ['{"a": 1 "b": 2}', 1, 9],
  ["{'a': 1}", 1, 2],
  ['{"a": 1}}', 1, 9],
  ['{"a": [1, 2}', 1, 12],
  ['[1, 2', 1, 6],
  ['[1,\n 2,\n x]', 3, 2],
  ['[1,\r\n]', 2, 1],
  ['["a\nb"]', 1, 4],
  ['["a', 1, 4],
  ['[01]', 1, 3],
  ['[TRUE]', 1, 2],
  ['[tru]', 1, 2],
  ['// a\n{}', 1, 1],
  ['\u00a0{}', 1, 1],
])('%j stops being JSON at line %i, column %i', (text, line, column) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(findJsonError(text)).toEqual({ line, column });
});

test('a text of megabytes is read to the place of its error', () => {
  const text = `{"a": ${'['.repeat(100_000)}"${'\\n'.repeat(1_000_000)}x" y`;
  expect(findJsonError(text)).toEqual({ line: 1, column: text.length });
});

test('the place is where JSON.parse stops, or where the value or escape around it begins', () => {
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ...'{}[]",:\\ 0x\n'), fc.nat(2))
    .map(([json, at, inserted, removed]) => {
      const place = at % (json.length + 1);
      return json.slice(0, place) + inserted + json.slice(place + removed);
    });
  let compared = 0;
  fc.assert(
    fc.property(damaged, (text) => {
      try {
        JSON.parse(text);
        return;
      } catch (error) {
        const { line, column } = findJsonError(text);
        const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
        if (position === undefined) return;
        compared++;
        const lines = text.split('\n').slice(0, line - 1);
        const index = lines.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
        expect(index).toBeLessThanOrEqual(Number(position));
        expect(Number(position) - index).toBeLessThanOrEqual('\\u0000'.length);
      }
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(100);
});
