/** The names of all operations of the service, whether or not the pool has them. */
import { OPERATIONS } from './shapes.generated.ts';
import type { OperationName } from './types.generated.ts';

/** Whether the service has an operation of that name. */
export const isOperationName = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

// The table's type demands a row for each name and allows no other.
export const ALL_OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[];
