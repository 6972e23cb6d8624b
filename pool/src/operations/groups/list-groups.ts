/** ListGroups: describes the groups of the pool, page by page. */
import { poolOperation } from '../operation.ts';
import { listGroupPage } from './group-pages.ts';

export const listGroups = poolOperation('ListGroups', { access: 'iam' }, async (pool, input) =>
  listGroupPage(`groups of ${pool.userPoolId}`, pool.groups.values(), input),
);
