/** Reads the input of an operation by AWS's model. What does not fit is refused with the service's texts. */
import { invalidParameter } from '../domain/service-exception.ts';
import { allConstraints, brokenByLength, brokenByNumber, brokenByString } from './constraints.ts';
import {
  asBase64,
  asBoolean,
  asDocument,
  asInteger,
  asList,
  asNumber,
  asRecord,
  asString,
} from './json-types.ts';
import type { ListShape, MapShape, NumberShape, Shape, StructureShape } from './shape.ts';
import { OPERATIONS, SHAPES } from './shapes.generated.ts';
import type { Inputs, OperationName } from './types.generated.ts';

/**
 * Reads an input. Members that the model does not have are dropped, and null counts as absent.
 *
 * @throws ServiceException SerializationException if a JSON type is wrong, otherwise InvalidParameterException, whose
 *   text names every constraint that is broken
 */
export function readInput<Name extends OperationName>(operation: Name, json: unknown): Inputs[Name] {
  const violations: string[] = [];
  const input = readStructure(structureOf(OPERATIONS[operation].input), json, '', violations);
  if (violations.length > 0) {
    const errors = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
    throw invalidParameter(`${errors}: ${violations.join('; ')}`);
  }
  // Types and table are generated from the same shapes, and all constraints of the table hold.
  return input as Inputs[Name];
}

function shapeOf(name: string): Shape {
  const shape = SHAPES[name];
  if (shape === undefined) throw new Error(`The table of shapes has no "${name}".`);
  return shape;
}

function structureOf(name: string): StructureShape {
  const shape = shapeOf(name);
  if (shape.kind !== 'structure') throw new Error(`The input "${name}" is not a structure.`);
  return shape;
}

/** @param shown the value as refusals repeat it: in quotes, " null", or empty if it is left out */
const violation = (shown: string, path: string, constraint: string) =>
  `Value${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
const mustNotBeNull = (path: string) => violation(' null', path, 'Member must not be null');

const isSensitive = (shape: Shape) => 'sensitive' in shape && shape.sensitive === true;

/**
 * Reported: an empty password is told before an empty user name (amazon-archives/amazon-cognito-identity-js#388). That is
 * the order of the alphabet, in which the service also writes outputs, and not the order of the model.
 */
function readStructure(shape: StructureShape, json: unknown, path: string, violations: string[]): object {
  const given = asRecord(json, 'structure');
  const read: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const value = given[name] ?? (shape.emptyIfAbsent?.includes(name) ? {} : undefined);
    const lowerCamel = `${name[0]?.toLowerCase()}${name.slice(1)}`;
    const memberPath = path === '' ? lowerCamel : `${path}.${lowerCamel}`;
    if (value !== undefined) read[name] = readMember(shapeOf(member), value, memberPath, violations);
    else if (shape.required?.includes(name)) violations.push(mustNotBeNull(memberPath));
  }
  return read;
}

function readMember(shape: Shape, json: unknown, path: string, violations: string[]): unknown {
  switch (shape.kind) {
    case 'string': {
      const text = asString(json);
      const shown = isSensitive(shape) ? '' : ` '${text}'`;
      violations.push(...brokenByString(shape, text).map((broken) => violation(shown, path, broken)));
      return text;
    }
    case 'integer':
    case 'long':
      return readNumber(shape, json, path, violations);
    case 'boolean':
      return asBoolean(json);
    case 'timestamp':
      return asNumber(json);
    case 'blob': {
      const base64 = asBase64(json);
      violations.push(...brokenByLength(shape, byteLength(base64)).map((text) => violation('', path, text)));
      return base64;
    }
    case 'document':
      return asDocument(json);
    case 'list':
      return readList(shape, json, path, violations);
    case 'map':
      return readMap(shape, json, path, violations);
    case 'structure':
      return readStructure(shape, json, path, violations);
  }
}

const byteLength = (base64: string) => (base64.length / 4) * 3 - (/=*$/.exec(base64)?.[0].length ?? 0);

/** A service behind the service sees the number only if the model allows it. */
function readNumber(
  { inner, ...shape }: NumberShape,
  json: unknown,
  path: string,
  violations: string[],
): number {
  const value = asInteger(json);
  const broken = brokenByNumber(shape, value).map((text) => violation(` '${value}'`, path, text));
  if (broken.length === 0 && inner !== undefined && value < inner.min) {
    const innerPath = `${path.slice(0, path.lastIndexOf('.') + 1)}${inner.name}`;
    const texts = brokenByNumber({ kind: shape.kind, min: inner.min }, value);
    broken.push(...texts.map((text) => violation(` '${value}'`, innerPath, text)));
  }
  violations.push(...broken);
  return value;
}

/** Texts are refused at the list, with all their constraints. Structures are refused where they are wrong. */
function readList(list: ListShape, json: unknown, path: string, violations: string[]): readonly unknown[] {
  const given = asList(json);
  const member = shapeOf(list.member);
  if (member.kind !== 'string') {
    for (const text of brokenByLength(list, given.length)) violations.push(violation('', path, text));
    return given.map((item, index) => {
      const itemPath = `${path}.${index + 1}.member`;
      if (item !== null) return readMember(member, item, itemPath, violations);
      violations.push(mustNotBeNull(itemPath));
      return undefined;
    });
  }
  // Whatever is not a text is refused before anything is made of it
  const orNull = given.map((item) => (item === null ? null : asString(item)));
  const texts = orNull.filter((item) => item !== null);
  const shown = isShown(list, member) ? ` '[${orNull.map(String).join(', ')}]'` : '';
  for (const text of brokenByLength(list, given.length)) violations.push(violation(shown, path, text));
  if (texts.length < given.length) {
    // AWS's text is not known.
    violations.push(violation(shown, path, 'Member must satisfy constraint: [Member must not be null]'));
  }
  if (texts.some((text) => brokenByString(member, text).length > 0)) {
    violations.push(violation(shown, path, `Member must satisfy constraint: ${allConstraints(member)}`));
  }
  return texts;
}

/** A null value counts as absent, because amazon-cognito-identity-js sends DEVICE_KEY: null. */
function readMap(map: MapShape, json: unknown, path: string, violations: string[]): object {
  const given = Object.entries(asRecord(json, 'map')).filter(([, value]) => value !== null);
  const keyShape = shapeOf(map.key);
  const valueShape = shapeOf(map.value);
  // Whatever is not a text is refused before anything is made of it
  const texts =
    valueShape.kind === 'string' ? given.map(([key, value]) => [key, asString(value)] as const) : [];
  const pairs = texts.map(([key, value]) => `${key}=${value}`);
  const shown = isShown(map, valueShape) ? ` '{${pairs.join(', ')}}'` : '';
  const refuse = (constraint: string) => violations.push(violation(shown, path, constraint));
  for (const text of brokenByLength(map, given.length)) refuse(text);
  if (keyShape.kind === 'string' && given.some(([key]) => brokenByString(keyShape, key).length > 0)) {
    refuse(`Map keys must satisfy constraint: ${allConstraints(keyShape)}`);
  }
  if (valueShape.kind !== 'string') {
    // AWS's path of a structure inside a map is not known.
    const read = given.map(([key, value]) => {
      return [key, readMember(valueShape, value, `${path}.${key}.member`, violations)] as const;
    });
    return Object.fromEntries(read);
  }
  if (texts.some(([, text]) => brokenByString(valueShape, text).length > 0)) {
    refuse(`Map value must satisfy constraint: ${allConstraints(valueShape)}`);
  }
  return Object.fromEntries(texts);
}

/** Whether refusals repeat a list or a map. How the service writes structures in them is not known. */
const isShown = (collection: ListShape | MapShape, member: Shape) =>
  member.kind === 'string' && !isSensitive(collection) && !isSensitive(member);
