/** ListUserPoolClients: the app clients of a pool, page by page. */
import { invalidPageToken, LARGEST_PAGE, pageOf } from '../../domain/paging.ts';
import { poolOperation } from '../operation.ts';

/** Captured: the clients are in the order of their ids. */
export const listUserPoolClients = poolOperation(
  'ListUserPoolClients',
  { access: 'iam' },
  async (pool, input) => {
    // Dynamic registration makes clients of the type DCR, and a local pool does not have it
    const clients = input.ClientType === 'DCR' ? [] : pool.clients.values();
    const { items, token } = pageOf(clients, ({ ClientId }) => ({ time: 0, name: ClientId }), {
      list: 'ListUserPoolClients',
      size: input.MaxResults ?? LARGEST_PAGE,
      token: input.NextToken,
      refuse: invalidPageToken,
    });
    return {
      ...(token !== undefined && { NextToken: token }),
      UserPoolClients: items.map(({ ClientId, ClientName, UserPoolId }) => ({
        ClientId,
        ClientName,
        UserPoolId,
      })),
    };
  },
);
