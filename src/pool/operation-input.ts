/** Inputs as AWS's model types them: what arrives is checked once, before the operation sees it. */
import { ServiceException } from './service-exception.ts';
import { type Members, structure } from './shape-checks.ts';
import { UserPoolIdType } from './shapes.ts';
import type { PoolState } from './state.ts';

/** Undefined is the output that AWS's model calls Unit. */
type Run<Input> = (pool: PoolState, input: Input) => Promise<object | undefined>;

/** An operation, with its input yet unchecked. */
export interface Operation {
  /** Admin operations want a signed request. */
  readonly signed: boolean;
  readonly answer: Run<Readonly<Record<string, unknown>>>;
}

/** An operation that sees its input only if these members are as they should be. */
export function operation<Input>(run: Run<Input>, members: Members<Input>): Operation {
  const read = structure(members);
  return { signed: false, answer: async (pool, input) => run(pool, read(input, '')) };
}

/** The same operation for administrators: it names the user pool, and its request is signed. */
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

async function assertUserPool(pool: PoolState, { UserPoolId }: { readonly UserPoolId: string }) {
  if (UserPoolId === pool.userPoolId) return {};
  throw new ServiceException('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
}
