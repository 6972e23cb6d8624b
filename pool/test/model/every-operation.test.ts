/** Every operation of the service has a reader that takes what AWS's model allows, and refuses what it does not. */
import service from '../../../vectors/service-operations.json' with { type: 'json' };
import { isOperationName } from '../../src/model/operation-names.ts';
import { readInput } from '../../src/model/read-input.ts';
import { OPERATIONS, SHAPES } from '../../src/model/shapes.generated.ts';
import type { OperationName } from '../../src/model/types.generated.ts';
import {
  fullInput,
  inputShape,
  leastInput,
  modelledShape,
  OPERATION_NAMES,
  PATTERNS,
} from './model-samples.ts';

const names = OPERATION_NAMES.filter(isOperationName);
const membersByAws: Readonly<Record<string, readonly string[]>> = service.members;

/** Name and text of the refusal, or what was read. */
function refusalOf(operation: OperationName, input: object): unknown {
  try {
    return readInput(operation, input);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : error;
  }
}

const lowerCamel = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}`;

test('all 153 operations are known, and no other name', () => {
  expect(names).toEqual(Object.keys(membersByAws));
  expect(names).toHaveLength(153);
  expect(['GetUsers', 'toString', ''].filter(isOperationName)).toEqual([]);
});

test.each(names)('%s reads every member that clients send, and drops others', (operation) => {
  const input = fullInput(operation);
  expect(Object.keys(input).sort()).toEqual([...(membersByAws[operation] ?? [])].sort());
  expect(readInput(operation, { ...input, NotAMember: 1 })).toEqual(input);
});

test.each(names)('%s reads the required members alone, and null as absent', (operation) => {
  const least = leastInput(operation);
  const nulls = Object.fromEntries(Object.keys(fullInput(operation)).map((name) => [name, null]));
  expect(readInput(operation, { ...nulls, ...least })).toMatchObject(least);
});

const REQUIRED = names.flatMap((operation) =>
  (inputShape(operation).required ?? []).map((member) => [operation, member] as const),
);

test.each(REQUIRED)('%s is refused without %s', (operation, member) => {
  const { [member]: _, ...input } = fullInput(operation);
  expect(refusalOf(operation, input)).toBe(
    `InvalidParameterException: 1 validation error detected: Value null at '${lowerCamel(member)}' failed to satisfy constraint: Member must not be null`,
  );
});

test.each(names)('%s refuses a wrong JSON type of each member', (operation) => {
  for (const [member, { shape }] of Object.entries(inputShape(operation).members ?? {})) {
    const isNested = ['structure', 'list', 'map'].includes(modelledShape(shape).type);
    const input = { ...fullInput(operation), [member]: isNested ? 'text' : {} };
    expect([member, refusalOf(operation, input)]).toEqual([
      member,
      expect.stringMatching(/^SerializationException: /),
    ]);
  }
});

test('the operations without a signature are those that clients call without one', () => {
  expect(names.filter((name) => OPERATIONS[name].unsigned)).toEqual(service.unsigned);
});

const patterned = Object.entries(SHAPES).flatMap(([name, shape]) =>
  shape.kind === 'string' && shape.pattern ? [{ name, ...shape.pattern }] : [],
);

test.each(PATTERNS)('the pattern %j takes %j', (pattern, taken, refused) => {
  const same = patterned.filter(({ shown }) => shown === pattern);
  expect(same.map(({ accepts }) => accepts.test(taken))).toEqual(same.map(() => true));
  // Two patterns of the model take every text.
  const takesAll = refused === '';
  expect(same.map(({ accepts }) => accepts.test(refused))).toEqual(same.map(() => takesAll));
  expect(same).not.toHaveLength(0);
});
