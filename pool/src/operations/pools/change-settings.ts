/** The one way in which operations change the user pool of a pool: with the date of the change. */
import type { Pool } from '../../service/pool.ts';
import type { PoolSettings } from '../../settings/pool-settings.ts';

export function changeSettings(pool: Pool, changes: Partial<PoolSettings>): void {
  const settings = { ...pool.settings, ...changes };
  pool.configure({
    ...settings,
    userPool: { ...settings.userPool, LastModifiedDate: pool.now() / 1000 },
  });
}
