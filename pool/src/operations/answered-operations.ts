/** The names of the operations that the pool answers. */
import { ALL_OPERATION_NAMES } from '../model/operation-names.ts';
import type { OperationName } from '../model/types.generated.ts';
import { OPERATIONS } from './index.generated.ts';

export const OPERATION_NAMES: readonly OperationName[] = ALL_OPERATION_NAMES.filter(
  (name) => OPERATIONS[name] !== undefined,
);
