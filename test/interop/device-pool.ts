/** Makes pools that track devices, whose user has a second factor. A code in the outbox shows that it was asked. */
import type { ClientOptions, UserPoolOptions } from '../../pool/src/index.ts';
import { EMAIL, type ListeningPool, listeningPool, PASSWORD, PHONE } from './listening-pool.ts';

/** alice has a phone; bob is somebody else with the same password. */
const users = [
  { username: 'alice', password: PASSWORD, aliases: [EMAIL], mfa: { sms: PHONE } },
  { username: 'bob', password: PASSWORD, mfa: { sms: '+15550005678' } },
];

/** @param flow the only one to sign in by; refreshing is possible as well */
export function devicePool(
  flow: string,
  options: UserPoolOptions = {},
  client: Partial<ClientOptions> = {},
): Promise<ListeningPool> {
  const explicitAuthFlows = [`ALLOW_${flow}`, 'ALLOW_REFRESH_TOKEN_AUTH'];
  return listeningPool(flow, {
    clients: [{ clientId: 'web', explicitAuthFlows, ...client }],
    devices: { challengeRequiredOnNewDevice: true },
    users,
    ...options,
  });
}

/** What the pool knows of a user's devices, without those that were issued and never confirmed. */
export const devicesOf = (pool: ListeningPool, username = 'alice') =>
  (pool.users.find(username)?.devices ?? [])
    .filter(({ confirmed }) => confirmed)
    .map(({ key, remembered }) => ({ key, remembered }));

/** What is kept under keys, as an object, so that a test can say all of it. */
export function recordedStorage() {
  const items = new Map<string, string>();
  return {
    items,
    contents: (): Readonly<Record<string, string>> => Object.fromEntries([...items].sort()),
    storage: {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, String(value)),
      removeItem: (key: string) => void items.delete(key),
      clear: () => items.clear(),
    },
  };
}
