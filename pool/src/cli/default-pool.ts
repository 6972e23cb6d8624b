/** The pool that the command serves without a seed file. */
import type { PoolServiceOptions } from '../index.ts';

/** It is public: it stands in the documentation. */
export const DEFAULT_PASSWORD = 'Correct-Horse-9';

export const DEFAULT_POOL: PoolServiceOptions = {
  pools: [
    {
      users: [
        {
          username: 'alice',
          password: DEFAULT_PASSWORD,
          attributes: { email: 'alice@example.com', email_verified: 'true' },
          aliases: ['alice@example.com'],
        },
      ],
    },
  ],
};
