/** What AWS's model demands of a value, and the words in which the service says that it does not hold. */
import type { BlobShape, ListShape, MapShape, NumberShape, StringShape } from './shape.ts';

interface Constraint<Value> {
  readonly holds: (value: Value) => boolean;
  readonly text: string;
}

const textsOf = <Value>(constraints: readonly Constraint<Value>[]) => constraints.map(({ text }) => text);
const broken = <Value>(constraints: readonly Constraint<Value>[], value: Value) =>
  textsOf(constraints.filter(({ holds }) => !holds(value)));

type Measure = 'length' | 'value';
const atMost = (of: Measure, most: number): Constraint<number> => ({
  holds: (count) => count <= most,
  text: `Member must have ${of} less than or equal to ${most}`,
});
const atLeast = (of: Measure, least: number): Constraint<number> => ({
  holds: (count) => count >= least,
  text: `Member must have ${of} greater than or equal to ${least}`,
});
/** The lower bound stands last, as in the texts that tell all constraints of a list's members. */
const bounds = (of: Measure, least: number | undefined, most: number | undefined) => [
  ...(most === undefined ? [] : [atMost(of, most)]),
  ...(least === undefined ? [] : [atLeast(of, least)]),
];

/** In the order of the service's texts: the length before the pattern. */
function ofString({ min, max, pattern, values }: StringShape): readonly Constraint<string>[] {
  const constraints: Constraint<string>[] = bounds('length', min, max).map(({ holds, text }) => ({
    holds: (value) => holds([...value].length),
    text,
  }));
  if (pattern !== undefined) {
    const text = `Member must satisfy regular expression pattern: ${pattern.shown}`;
    constraints.push({ holds: (value) => pattern.accepts.test(value), text });
  }
  if (values !== undefined) {
    const text = `Member must satisfy enum value set: [${values.join(', ')}]`;
    constraints.push({ holds: (value) => values.includes(value), text });
  }
  return constraints;
}

/** The texts of the constraints that a text breaks. */
export const brokenByString = (shape: StringShape, value: string): readonly string[] =>
  broken(ofString(shape), value);

/** The texts of the bounds that a number breaks. */
export const brokenByNumber = ({ min, max }: NumberShape, value: number): readonly string[] =>
  broken(bounds('value', min, max), value);

/** @param count how many members a list or a map has, or bytes a blob */
export const brokenByLength = (
  { min, max }: ListShape | MapShape | BlobShape,
  count: number,
): readonly string[] => broken(bounds('length', min, max), count);

/** The texts of all constraints. The service tells all of them if one member of a list or a map breaks one. */
export const allConstraints = (shape: StringShape): string => `[${textsOf(ofString(shape)).join(', ')}]`;
