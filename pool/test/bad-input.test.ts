/**
 * Every operation refuses bad input with AWS's exception, and leaves everything as it was. The inputs are made from AWS's model,
 * and from the tables in bad-input/.
 */
import { isDeepStrictEqual } from 'node:util';
import { OPERATION_NAMES, type OperationName } from '../src/index.ts';
import { withoutMembers, withWrongTypes } from './bad-input/bad-members.ts';
import { CHANGES } from './bad-input/changes.ts';
import { type Row, unknownPool, unknownUser } from './bad-input/strangers.ts';
import { createWorld, type Input, type World } from './bad-input/world.ts';
import { fullInput, inputShape, leastInput } from './model/model-samples.ts';

let world: World;
/** What the pools had before the test. No test here changes anything. */
let before: unknown;

beforeAll(async () => {
  world = await createWorld();
});

beforeEach(() => {
  before = world.state();
});

afterEach(() => {
  const after = world.state();
  // A failed comparison of Jest is readable, but Jest takes ten times as long to compare
  if (!isDeepStrictEqual(after, before)) expect(after).toEqual(before);
});

/** The members of an input that name something, so that they name what is there. */
function namedIn(operation: string, { named }: World): Input {
  const names = Object.keys(inputShape(operation).members ?? {});
  return Object.fromEntries(Object.entries(named).filter(([name]) => names.includes(name)));
}

const full = (operation: string): Input => ({ ...fullInput(operation), ...namedIn(operation, world) });
const least = (operation: string, of = world): Input => ({
  ...leastInput(operation),
  ...namedIn(operation, of),
});

/** The text about a missing member, at whatever depth. */
const missing = (member: string) =>
  new RegExp(
    `^1 validation error detected: Value null at '(.+\\.)?${member[0]?.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null$`,
  );

test.each(OPERATION_NAMES)('%s refuses a wrong JSON type of each member', async (operation) => {
  for (const { at, input } of withWrongTypes(operation, full(operation))) {
    const reply = await world.call(operation, input);
    expect({ at, ...reply }).toMatchObject({ at, status: 400, __type: 'SerializationException' });
  }
});

const withRequiredMembers = OPERATION_NAMES.filter(
  (operation) => !withoutMembers(operation, fullInput(operation)).next().done,
);

test.each(withRequiredMembers)('%s refuses an input without each required member', async (operation) => {
  for (const { at, member, input } of withoutMembers(operation, full(operation))) {
    const reply = await world.call(operation, input);
    expect({ at, ...reply }).toMatchObject({
      at,
      status: 400,
      __type: 'InvalidParameterException',
      message: expect.stringMatching(missing(member)),
    });
  }
});

/** The operations that can meet a stranger. */
const meeting = (rowOf: (operation: OperationName) => Row) =>
  OPERATION_NAMES.flatMap((operation) => {
    const row = rowOf(operation);
    return typeof row === 'string' ? [] : [[operation, row] as const];
  });

test.each(meeting(unknownPool))('%s refuses a pool that is not there', async (operation, row) => {
  const { members, refusal } = row(world);
  expect(await world.call(operation, { ...least(operation), ...members })).toEqual(refusal);
});

test.each(meeting(unknownUser))('%s refuses a user who is not there', async (operation, row) => {
  const { members, refusal } = row(world);
  expect(await world.call(operation, { ...least(operation), ...members })).toEqual(refusal);
});

/** The members that can name the pool, for the operations whose model requires none of them. */
const NAMING = ['UserPoolId', 'ClientId', 'ResourceArn', 'AccessToken', 'Session'];

const namingMembers = (operation: string): readonly string[] =>
  NAMING.filter((name) => name in (inputShape(operation).members ?? {}));

const withoutRequiredName = OPERATION_NAMES.filter((operation) => {
  const { required = [] } = inputShape(operation);
  const names = namingMembers(operation);
  return names.length > 0 && !names.some((name) => required.includes(name));
});

test.each(withoutRequiredName)('%s is refused if it names no pool in any way', async (operation) => {
  const input = Object.fromEntries(
    Object.entries(least(operation)).filter(([name]) => !NAMING.includes(name)),
  );
  expect(await world.call(operation, input)).toMatchObject({
    status: 400,
    __type: 'InvalidParameterException',
    message: expect.stringContaining(namingMembers(operation)[0] === 'UserPoolId' ? 'UserPoolId' : 'Access'),
  });
});

describe('the comparison sees a change of', () => {
  test.each(CHANGES)('%s, by %s', async (_, operation, members) => {
    const changing = await createWorld();
    const unchanged = changing.state();
    expect(isDeepStrictEqual(changing.state(), unchanged)).toBe(true);
    await changing.call(operation, { ...least(operation, changing), ...members });
    expect(isDeepStrictEqual(changing.state(), unchanged)).toBe(false);
  });
});
