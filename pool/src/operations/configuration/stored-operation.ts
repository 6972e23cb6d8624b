/** Operations on configuration that the pool stores and describes, and does not act on. */
import type { Inputs, OperationName } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import { type Operation, type Output, poolOperation } from '../operation.ts';

/** Makes such an operation. The table of the operations in pool/README.md lists them apart from those with behaviour. */
export const storedOperation = <Name extends OperationName>(
  name: Name,
  run: (pool: Pool, input: Inputs[Name]) => Output<Name>,
): Operation => poolOperation(name, { access: 'iam' }, run);
