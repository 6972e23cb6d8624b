/** Checks the input of an operation against AWS's model, once, before the operation runs. */
import { ServiceException } from './service-exception.ts';
import { type Members, structure } from './shape-checks.ts';
import { UserPoolIdType } from './shapes.ts';
import type { PoolState } from './state.ts';

/** The output is undefined if AWS's model calls it Unit. */
type Run<Input> = (pool: PoolState, input: Input) => Promise<object | undefined>;

/** An operation that checks its own input. */
export interface Operation {
  /** Whether the request must be signed, as for admin operations. */
  readonly signed: boolean;
  readonly answer: Run<Readonly<Record<string, unknown>>>;
}

/** Makes an operation that runs only if its members fit their shapes. */
export function operation<Input>(run: Run<Input>, members: Members<Input>): Operation {
  const read = structure(members);
  return { signed: false, answer: async (pool, input) => run(pool, read(input, '')) };
}

/** Makes an admin operation: its input also names the user pool, and its request must be signed. */
export function adminOperation<Input>(run: Run<Input>, members: Members<Input>): Operation {
  const { answer } = operation(run, members);
  const { answer: assertPool } = operation(assertUserPool, { UserPoolId: UserPoolIdType });
  return {
    signed: true,
    answer: async (pool, input) => {
      await assertPool(pool, input);
      return answer(pool, input);
    },
  };
}

/** @throws ServiceException ResourceNotFoundException if it is another pool's id */
export async function assertUserPool(pool: PoolState, { UserPoolId }: { readonly UserPoolId: string }) {
  if (UserPoolId === pool.userPoolId) return {};
  throw new ServiceException('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
}
