/** Checks options and records that have the shapes of AWS's model: the types and the enums, and not the lengths and patterns. */
import type { Shape } from '../model/shape.ts';
import { SHAPES } from '../model/shapes.generated.ts';
import { anyObject, boolean, type Check, invalid, list, mapOf, oneOf, text } from './checks.ts';

const ANY_TEXT = text(/^/, 'a string');

/**
 * Checks what has one of AWS's shapes. Members that the shape does not have are let pass, because AWS adds some.
 *
 * @param name of the shape: `UserPoolType`
 */
export const ofShape =
  (name: string): Check =>
  (value, path) => {
    nested(name)(value, path);
    checkCanBeWritten(value, path);
  };

/** Checks that a reply can have the value, which would be too deep for `JSON.stringify` where no shape says how deep it is. */
export function checkCanBeWritten(value: unknown, path: string): void {
  try {
    JSON.stringify(value);
  } catch {
    throw invalid(`${path} must be JSON that is not as deep`);
  }
}

const nested =
  (name: string): Check =>
  (value, path) =>
    checkOf(shapeOf(name))(value, path);

function shapeOf(name: string): Shape {
  const shape = SHAPES[name];
  if (shape === undefined) throw new Error(`The table of shapes has no "${name}".`);
  return shape;
}

function checkOf(shape: Shape): Check {
  switch (shape.kind) {
    case 'string':
      return shape.values ? oneOf(...shape.values) : ANY_TEXT;
    case 'integer':
    case 'long':
      return number;
    case 'timestamp':
      return moment;
    case 'boolean':
      return boolean;
    case 'blob':
      return ANY_TEXT;
    case 'document':
      return anyObject;
    case 'list':
      return list(nested(shape.member));
    case 'map':
      return mapOf(nested(shape.value));
    case 'structure':
      return (value, path) => checkMembers(shape.members, value, path);
  }
}

function number(value: unknown, path: string): void {
  if (typeof value !== 'number') throw invalid(`${path} must be a number`);
}

/** AWS's protocol has a number of seconds, and what its command prints has a date of ISO 8601. */
function moment(value: unknown, path: string): void {
  const isDate = typeof value === 'string' && !Number.isNaN(Date.parse(value));
  if (typeof value !== 'number' && !isDate) throw invalid(`${path} must be a number of seconds or a date`);
}

function checkMembers(members: Readonly<Record<string, string>>, value: unknown, path: string): void {
  anyObject(value, path);
  // anyObject has let nothing else pass
  const given = value as Readonly<Record<string, unknown>>;
  for (const [name, shape] of Object.entries(members)) {
    if (Object.hasOwn(given, name) && given[name] !== undefined) {
      nested(shape)(given[name], path === '' ? name : `${path}.${name}`);
    }
  }
}
