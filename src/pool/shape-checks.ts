/** Reads JSON by the shapes of AWS's model. A value that does not fit is refused with the service's text. */
import { invalidParameter, ServiceException } from './service-exception.ts';

/**
 * Reads a member. An absent member is undefined.
 *
 * @param path the member as validation errors write it: `userAttributes.1.member.name`
 * @throws ServiceException SerializationException if the JSON type is wrong, otherwise InvalidParameterException
 */
export type Shape<Value> = (json: unknown, path: string) => Value;

export interface Constraint<Value> {
  readonly holds: (value: Value) => boolean;
  readonly text: string;
}

export const length = (
  least: number,
  most = Number.POSITIVE_INFINITY,
): readonly [Constraint<string>, Constraint<string>] => [
  {
    holds: (value) => [...value].length >= least,
    text: `Member must have length greater than or equal to ${least}`,
  },
  {
    holds: (value) => [...value].length <= most,
    text: `Member must have length less than or equal to ${most}`,
  },
];

/** @param shown the pattern as AWS's model writes it, without anchors */
export const pattern = (exact: RegExp, shown: string): Constraint<string> => ({
  holds: (value) => exact.test(value),
  text: `Member must satisfy regular expression pattern: ${shown}`,
});

/** The refusal of one value. How the service words several at once is not known. */
const violation = (value: string, path: string, constraint: string) =>
  invalidParameter(
    `1 validation error detected: Value${value} at '${path}' failed to satisfy constraint: ${constraint}`,
  );

const serialization = (expected: string) =>
  new ServiceException('SerializationException', `Expected ${expected}`);

function requirePresent(json: unknown, path: string): unknown {
  if (json === undefined) throw violation(' null', path, 'Member must not be null');
  return json;
}

/** @param quotes whether refusals repeat the value, which they do not if the model marks it as sensitive */
function simple<Value extends string | number | boolean>(
  expected: string,
  is: (json: unknown) => json is Value,
  constraints: readonly Constraint<Value>[] = [],
  quotes = true,
): Shape<Value> {
  return (json, path) => {
    const value = requirePresent(json, path);
    if (!is(value)) throw serialization(expected);
    const broken = constraints.find(({ holds }) => !holds(value));
    if (broken) throw violation(quotes ? ` '${value}'` : '', path, broken.text);
    return value;
  };
}

const isString = (json: unknown): json is string => typeof json === 'string';
const isInteger = (json: unknown): json is number => Number.isSafeInteger(json);
const isBoolean = (json: unknown): json is boolean => typeof json === 'boolean';
const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export const string = (...constraints: readonly Constraint<string>[]): Shape<string> =>
  simple('a string', isString, constraints);

/** A string that AWS's model marks as sensitive, so refusals do not repeat it. */
export const sensitive = (...constraints: readonly Constraint<string>[]): Shape<string> =>
  simple('a string', isString, constraints, false);

export const integer = (least: number, most: number): Shape<number> =>
  simple('an integer', isInteger, [
    { holds: (value) => value >= least, text: `Member must have value greater than or equal to ${least}` },
    { holds: (value) => value <= most, text: `Member must have value less than or equal to ${most}` },
  ]);

export const boolean: Shape<boolean> = simple('a boolean', isBoolean);

export const oneOf = <Value extends string>(...values: readonly Value[]): Shape<Value> => {
  const text = `Member must satisfy enum value set: [${values.join(', ')}]`;
  const known = string({ holds: (value) => values.some((each) => each === value), text });
  return (json, path) => known(json, path) as Value;
};

export const optional =
  <Value>(shape: Shape<Value>): Shape<Value | undefined> =>
  (json, path) =>
    json === undefined ? undefined : shape(json, path);

export const object: Shape<object> = (json, path) => {
  const given = requirePresent(json, path);
  if (!isRecord(given)) throw serialization('a structure');
  return given;
};

/** A shape for each member. */
export type Members<Structure> = {
  readonly [Name in keyof Structure & string]-?: Shape<Structure[Name]>;
};

/** Reads the members that have a shape and drops all others. A null member counts as absent. */
export function structure<Structure>(members: Members<Structure>): Shape<Structure> {
  return (json, path) => {
    const given = requirePresent(json, path);
    if (!isRecord(given)) throw serialization('a structure');
    const read: Record<string, unknown> = {};
    for (const [name, shape] of Object.entries<Shape<unknown>>(members)) {
      const lowerCamel = `${name[0]?.toLowerCase()}${name.slice(1)}`;
      const value = shape(given[name] ?? undefined, path === '' ? lowerCamel : `${path}.${lowerCamel}`);
      if (value !== undefined) read[name] = value;
    }
    return read as Structure;
  };
}

export function list<Item>(shape: Shape<Item>): Shape<readonly Item[]> {
  return (json, path) => {
    const given = requirePresent(json, path);
    if (!Array.isArray(given)) throw serialization('a list');
    return given.map((item: unknown, index) => shape(item ?? undefined, `${path}.${index + 1}.member`));
  };
}

/** A null value counts as absent, because amazon-cognito-identity-js sends DEVICE_KEY: null. */
export function map(...constraints: readonly Constraint<string>[]): Shape<Readonly<Record<string, string>>> {
  return (json, path) => {
    const given = requirePresent(json, path);
    if (!isRecord(given)) throw serialization('a map');
    return Object.fromEntries(
      Object.entries(given).flatMap(([key, value]) => {
        if (value === null) return [];
        if (!isString(value)) throw serialization('a string');
        const broken = constraints.find(({ holds }) => !holds(value));
        if (broken) throw violation('', path, `Map value must satisfy constraint: [${broken.text}]`);
        return [[key, value]];
      }),
    );
  };
}
