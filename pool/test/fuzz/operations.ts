/** The target `operations`: the inputs of every operation, grown from AWS's model and broken. */
import fc, { type Arbitrary } from 'fast-check';
import { changes, textChanges, withChanges, withTextChanges } from '../../../test/fuzz/json-changes.ts';
import { expand, type Json, oddText, oddValue } from '../../../test/fuzz/odd-values.ts';
import { toRunnable } from '../../../test/fuzz/run-cases.ts';
import { PASSWORD } from '../../../test/fuzz/steady-world.ts';
import { Fault, type RunnableTarget } from '../../../test/fuzz/target.ts';
import model from '../../model/cognito-idp.json' with { type: 'json' };
import { fullInput, leastInput, modelledShape, OPERATION_NAMES, PATTERNS } from '../model/model-samples.ts';
import { NAMED_MEMBERS } from '../named-members.ts';
import { checkReply, createWorldMaker, type PoolWorld, sendOperation, withNames } from './pool-world.ts';

export interface OperationCase {
  readonly operation: string;
  /** The body of the request. What stands in braces is a name of the world. */
  readonly body: string;
}

const WORLD_IS_CHECKED_EVERY = 20;
const DEEPEST = 5;

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** The placeholders of the members that name something. */
const namesIn = (input: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    NAMED_MEMBERS.filter((name) => Object.hasOwn(input, name)).map((name) => [name, `{${name}}`]),
  );

/** Texts that stand for something in the maps of sign-ins, which the model does not name. */
const PARAMETERS = [
  'USERNAME',
  'PASSWORD',
  'SRP_A',
  'REFRESH_TOKEN',
  'DEVICE_KEY',
  'ANSWER',
  'SMS_MFA_CODE',
  'NEW_PASSWORD',
];
const MORE_PARAMETERS = [
  'SOFTWARE_TOKEN_MFA_CODE',
  'EMAIL_OTP_CODE',
  'PASSWORD_CLAIM_SIGNATURE',
  'PASSWORD_CLAIM_SECRET_BLOCK',
  'TIMESTAMP',
  'SECRET_HASH',
  'PREFERRED_CHALLENGE',
  'CREDENTIAL',
  'userAttributes.email',
  'CHALLENGE_NAME',
];
const VALUES = [
  'alice',
  'bob',
  'carol',
  PASSWORD,
  '{DeviceKey}',
  '{RefreshToken}',
  '123456',
  'PASSWORD',
  'a1',
  'SRP_A',
];
const value = fc.oneof(
  { arbitrary: fc.constantFrom(...VALUES), weight: 3 },
  { arbitrary: oddText, weight: 1 },
);
const parameters = fc.dictionary(fc.constantFrom(...PARAMETERS, ...MORE_PARAMETERS), value, { maxKeys: 5 });

/** A value that has the shape, most of the time within its limits. */
function grow(name: string, depth: number): Arbitrary<Json> {
  const shape = modelledShape(name);
  switch (shape.type) {
    case 'string': {
      if (shape.enum) return fc.constantFrom(...shape.enum);
      const sample = PATTERNS.find(([pattern]) => pattern === shape.pattern)?.[1];
      const known = fc.constantFrom(
        sample ?? 'alice',
        'alice',
        'email',
        'custom:a',
        'http://localhost/',
        '2026-01-01',
      );
      return fc.oneof({ arbitrary: known, weight: 3 }, { arbitrary: oddText, weight: 1 });
    }
    case 'integer':
    case 'long':
      return fc.integer({ min: shape.min ?? 0, max: Math.min(shape.max ?? 100, 1e9) });
    case 'boolean':
      return fc.boolean();
    case 'list':
      return fc.array(grow(shape.member?.shape ?? '', depth + 1), { maxLength: 3 });
    case 'map':
      return depth > DEEPEST ? fc.constant({}) : growMap(shape.value?.shape ?? '', depth);
    case 'structure':
      return depth > DEEPEST ? oddValue : growStructure(name, depth);
    default:
      return oddValue;
  }
}

const growMap = (valueShape: string, depth: number): Arbitrary<Json> =>
  fc.oneof(parameters, fc.dictionary(oddText, grow(valueShape, depth + 1), { maxKeys: 3 }));

function growStructure(name: string, depth: number): Arbitrary<Json> {
  const { members = {}, required = [] } = modelledShape(name);
  const each = Object.entries(members).map(
    ([member, { shape }]) => [member, grow(shape, depth + 1)] as const,
  );
  return fc.record(Object.fromEntries(each), { requiredKeys: [...required] }) as Arbitrary<Json>;
}

const operations: Readonly<Record<string, { readonly input: { readonly shape: string } }>> = model.operations;

function bodiesOf(operation: string): Arbitrary<string> {
  const full = { ...fullInput(operation), ...namesIn(fullInput(operation)) };
  const least = { ...leastInput(operation), ...namesIn(leastInput(operation)) };
  const grown = grow(operations[operation]?.input.shape ?? '', 0).map((input) => {
    const record = input as Readonly<Record<string, Json>>;
    return { ...record, ...namesIn(record) } as Json;
  });
  const right = fc.oneof(fc.constantFrom(asJson(full), asJson(least)), grown);
  const broken = fc.tuple(right, changes).map(([input, list]) => withChanges(input, list));
  return fc.oneof(
    { arbitrary: grown.map((input) => JSON.stringify(input)), weight: 4 },
    { arbitrary: broken.map((input) => JSON.stringify(input)), weight: 8 },
    {
      arbitrary: fc
        .tuple(right, textChanges)
        .map(([input, list]) => withTextChanges(JSON.stringify(input), list)),
      weight: 1,
    },
    { arbitrary: oddValue.map((input) => JSON.stringify(input)), weight: 1 },
  );
}

export async function operationsTarget(): Promise<RunnableTarget> {
  const makeWorld = createWorldMaker();
  return toRunnable<OperationCase>({
    name: 'operations',
    inputs: `inputs of all ${OPERATION_NAMES.length} operations, grown from AWS’s model and broken in one or more members`,
    arbitrary: fc.oneof(
      ...OPERATION_NAMES.map((operation) =>
        fc.record({ operation: fc.constant(operation), body: bodiesOf(operation) }),
      ),
    ),
    start: async () => {
      let world = await makeWorld();
      let cases = 0;
      return {
        run: async (input) => {
          await runCase(world, input);
          cases += 1;
          if (cases % WORLD_IS_CHECKED_EVERY === 0 && !(await world.isWhole())) world = await makeWorld();
          world.takeLog();
        },
        stop: async () => {},
      };
    },
    casesOfAWorld: 4000,
  });
}

async function runCase(world: PoolWorld, { operation, body }: OperationCase): Promise<void> {
  const response = await checkReply(world, () =>
    sendOperation(world.pool, operation, withNames(expand(body), world)),
  );
  const text = await response.text();
  if (response.status === 200) {
    if (text !== '') JSON.parse(text);
    return;
  }
  const { __type } = JSON.parse(text) as { readonly __type?: unknown };
  if (
    typeof __type !== 'string' ||
    !/^[A-Z]\w+Exception$/.test(__type) ||
    __type === 'InternalErrorException'
  ) {
    throw new Fault(`Not an exception of AWS: ${text.slice(0, 500)}`);
  }
}
