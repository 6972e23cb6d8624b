/** The service: several pools under one endpoint. A request finds its pool by what it names. */
import { ServiceException } from '../domain/service-exception.ts';
import type { FaultInjection } from '../faults/faults.ts';
import { DEFAULT_PROVIDER_SETTINGS, type ProviderSettings } from '../federation/provider-settings.ts';
import type { Tell } from '../store/collection.ts';
import { DEFAULT_TRIGGER_RUNTIME, type TriggerRuntime } from '../triggers/pool-triggers.ts';
import { createPool, type PoolContents, type PoolState, type Runtime } from './pool.ts';

/** How replies are written, where AWS's model and its replies differ or are not known. */
export interface ReplyForm {
  /** Whether refusals have the statuses of AWS's model in place of the 400 that AWS sends. */
  readonly modelledStatuses: boolean;
  /** The body of the replies of operations whose output the model calls Unit. */
  readonly unitOutput: 'empty' | 'object';
}

export interface Service extends Runtime {
  readonly identityProviders: ProviderSettings;
  readonly replyForm: ReplyForm;
  /** By id. */
  readonly pools: ReadonlyMap<string, PoolState>;
  readonly faults: FaultInjection;
  /** Adds a pool. A pool with the same id is replaced. */
  readonly addPool: (contents: PoolContents) => PoolState;
  readonly removePool: (userPoolId: string) => void;
}

/** Where the changes of pools are told, if they are kept. All of it may refuse with a ServiceException InternalErrorException. */
export interface PoolKeeper {
  readonly open: (userPoolId: string) => {
    /** Hears of every change of what the pool keeps. */
    readonly tell: Tell;
    /** Begins to keep the pool, once it is made. */
    readonly begin: (pool: PoolState) => void;
  };
  readonly remove: (userPoolId: string) => void;
}

export function createService(
  {
    identityProviders = DEFAULT_PROVIDER_SETTINGS,
    ...runtime
  }: Runtime & Partial<Pick<Service, 'identityProviders'>>,
  faults: FaultInjection,
  replyForm: ReplyForm,
  keeper?: PoolKeeper,
  triggerRuntime: TriggerRuntime = DEFAULT_TRIGGER_RUNTIME,
): Service {
  const pools = new Map<string, PoolState>();
  return {
    ...runtime,
    identityProviders,
    pools,
    faults,
    replyForm,
    addPool: (contents) => {
      const keeping = keeper?.open(contents.settings.userPool.Id);
      const pool = createPool(contents, runtime, triggerRuntime, keeping?.tell);
      keeping?.begin(pool);
      pools.set(pool.userPoolId, pool);
      return pool;
    },
    removePool: (userPoolId) => {
      keeper?.remove(userPoolId);
      pools.delete(userPoolId);
    },
  };
}

/** @throws ServiceException ResourceNotFoundException */
export function poolById({ pools }: Service, userPoolId: string): PoolState {
  const pool = pools.get(userPoolId);
  if (pool) return pool;
  throw new ServiceException('ResourceNotFoundException', `User pool ${userPoolId} does not exist.`);
}

/** @returns undefined if no pool has such a client */
export function poolOfClient({ pools }: Service, clientId: string): PoolState | undefined {
  for (const pool of pools.values()) if (pool.clients.get(clientId)) return pool;
  return undefined;
}

/**
 * Finds the pool that a token says it is from, by the end of its issuer or by its client. The operation verifies the token.
 *
 * @returns undefined for a text that is not a token of these pools
 */
export function poolOfToken(service: Service, token: string): PoolState | undefined {
  const { iss, client_id } = readClaims(token);
  // A token of nobody is refused in the same way whichever pool judges it
  if (service.pools.size === 1) return service.pools.values().next().value;
  const byIssuer =
    typeof iss === 'string' ? service.pools.get(iss.slice(iss.lastIndexOf('/') + 1)) : undefined;
  return byIssuer ?? (typeof client_id === 'string' ? poolOfClient(service, client_id) : undefined);
}

function readClaims(token: string): { readonly iss?: unknown; readonly client_id?: unknown } {
  const [, payload = ''] = token.split('.');
  try {
    const claims: unknown = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}

/** @returns undefined if no pool has such a session */
export function poolOfSession({ pools }: Service, session: string): PoolState | undefined {
  for (const pool of pools.values()) if (pool.sessions.has(session)) return pool;
  return undefined;
}
