/** Inputs as AWS's model types them: what arrives is checked once, before the operation sees it. */
import { invalidParameter, ServiceException } from './service-exception.ts';
import type { PoolState } from './state.ts';

/** An operation, with its input yet unchecked. */
export interface Operation {
  /** Admin operations want a signed request. */
  readonly signed: boolean;
  readonly answer: (pool: PoolState, input: Readonly<Record<string, unknown>>) => Promise<object>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown) => {
  if (typeof value !== 'string') throw serialization('Expected a string');
  return value;
};

/** A null value counts as absent: amazon-cognito-identity-js sends DEVICE_KEY: null. */
const texts = (value: unknown) => {
  if (!isRecord(value)) throw serialization('Expected a map');
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, text(item)]])),
  );
};

/** AttributeListType becomes a record; an attribute without Value is empty. */
const attributes = (value: unknown) => {
  if (!Array.isArray(value)) throw serialization('Expected a list');
  return Object.fromEntries(
    value.map((entry: unknown) => {
      const { Name, Value } = (entry ?? {}) as { Name?: unknown; Value?: unknown };
      return [text(Name), text(Value ?? '')];
    }),
  );
};

const object = (value: unknown) => {
  if (!isRecord(value)) throw serialization('Expected a structure');
  return value;
};

const integer = (value: unknown) => {
  if (!Number.isSafeInteger(value)) throw serialization('Expected an integer');
  return value;
};

const KINDS = { text, texts, attributes, object, integer } as const;

/** `?` marks members that may be absent; `texts` is always there, if empty. */
type Kind = keyof typeof KINDS | `${keyof typeof KINDS}?`;

/** An operation that sees its input only if these members are as they should be. */
export function operation<Input>(
  run: (pool: PoolState, input: Input) => Promise<object>,
  members: { readonly [Name in keyof Input & string]-?: Kind },
): Operation {
  return {
    signed: false,
    answer: async (pool, input) => {
      const checked: Record<string, unknown> = {};
      for (const [name, kind] of Object.entries<Kind>(members)) {
        const value = input[name] ?? (kind === 'texts' ? {} : undefined);
        const optional = kind.endsWith('?');
        if (value === undefined && !optional) throw nullMember(name);
        if (value === undefined) continue;
        checked[name] = KINDS[kind.replace('?', '') as keyof typeof KINDS](value);
      }
      return run(pool, checked as Input);
    },
  };
}

/** The same operation for administrators: it names the user pool, and its request is signed. */
export function adminOperation<Input>(
  run: (pool: PoolState, input: Input) => Promise<object>,
  members: { readonly [Name in keyof Input & string]-?: Kind },
): Operation {
  const { answer } = operation(run, members);
  const { answer: assertPool } = operation(assertUserPool, { UserPoolId: 'text' });
  return {
    signed: true,
    answer: async (pool, input) => {
      await assertPool(pool, input);
      return answer(pool, input);
    },
  };
}

async function assertUserPool(pool: PoolState, { UserPoolId }: { readonly UserPoolId: string }) {
  if (UserPoolId === pool.userPoolId) return {};
  throw new ServiceException('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
}

const serialization = (message: string) => new ServiceException('SerializationException', message);

const nullMember = (name: string) =>
  invalidParameter(
    `1 validation error detected: Value null at '${name[0]?.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
