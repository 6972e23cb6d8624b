/** The options of `createPoolService`: what all pools of a service share, and the options of each pool. */
import type { UserPoolOptions } from './options.ts';

/** The options of `createUserPool` that a service has once, for all of its pools. */
const SERVICE_WIDE = [
  'faults',
  'modelledStatuses',
  'unitOutput',
  'now',
  'rng',
  'arithmetic',
  'log',
  'allowedHosts',
  'identityProviderFetch',
  'identityProviderIssuers',
  'identityProviderTimeout',
  'lambdaEndpoint',
  'triggerTimeoutMs',
  'triggerAttempts',
  'encodeSenderCode',
  'logTriggers',
] as const satisfies readonly (keyof UserPoolOptions)[];

export type ServiceWideOptions = Pick<UserPoolOptions, (typeof SERVICE_WIDE)[number]>;

/** One pool of several: what `createUserPool` takes, without what the service has for all of them. */
export type PoolOptions = Omit<UserPoolOptions, keyof ServiceWideOptions>;

/** What `createPoolService` takes. A seed file may have the same form, without the functions. */
export interface PoolServiceOptions extends ServiceWideOptions {
  /** The pools at the start. Their ids differ, and so do the ids of their app clients. */
  readonly pools: readonly PoolOptions[];
}

/** Brings the options of one pool, or those of several, into the form of several. */
export function toServiceOptions(options: UserPoolOptions | PoolServiceOptions): PoolServiceOptions {
  if ('pools' in options) return options;
  const isShared = ([name]: readonly [string, unknown]) => isServiceWide(name);
  const entries = Object.entries(options);
  return {
    ...Object.fromEntries(entries.filter(isShared)),
    pools: [Object.fromEntries(entries.filter((entry) => !isShared(entry)))],
  };
}

export const isServiceWide = (name: string): boolean => SERVICE_WIDE.some((shared) => shared === name);
