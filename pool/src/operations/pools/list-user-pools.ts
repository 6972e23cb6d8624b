/** ListUserPools: the pools of the service, page by page, the oldest first. AWS's order is not known. */
import { invalidPageToken, pageOf } from '../../domain/paging.ts';
import { serviceOperation } from '../operation.ts';

export const listUserPools = serviceOperation('ListUserPools', async ({ pools }, input) => {
  const { items, token } = pageOf(
    pools.values(),
    ({ settings: { userPool }, userPoolId }) => ({ time: userPool.CreationDate ?? 0, name: userPoolId }),
    {
      list: 'ListUserPools',
      size: input.MaxResults,
      token: input.NextToken,
      refuse: invalidPageToken,
    },
  );
  return {
    UserPools: items.map(({ settings: { userPool } }) => ({
      CreationDate: userPool.CreationDate,
      Id: userPool.Id,
      LambdaConfig: userPool.LambdaConfig ?? {},
      LastModifiedDate: userPool.LastModifiedDate,
      Name: userPool.Name,
    })),
    ...(token !== undefined && { NextToken: token }),
  };
});
