/** What a path of the pool is: the method and the path that it answers, and what its answer is given. */
import type { PoolState } from '../service/pool.ts';
import type { Service } from '../service/service.ts';
import type { RequestLog, RequestNotes } from './request-log.ts';

/** What requests can reach besides the operations of the service. */
export interface Surface {
  /** Goes back to what the service began with. */
  readonly reset: () => void;
  /** The hosts that may read codes, have tokens issued and reset, besides this machine. */
  readonly allowedHosts: readonly string[];
  readonly log: RequestLog;
}

/** One request, as a route answers it. */
export interface Visit {
  readonly service: Service;
  readonly surface: Surface;
  readonly request: Request;
  readonly notes: RequestNotes;
  /** The pool of the path, if the path names one. */
  readonly pool: PoolState | undefined;
  /** The hosts that may read codes, reset and administer, besides this machine. */
  readonly allowed: readonly string[];
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** `{userPoolId}` stands for the id of a pool. It is also what the log shows. */
  readonly path: string;
  /** Whether only hosts that may read codes get an answer. */
  readonly guarded?: true;
  readonly answer: (visit: Visit) => Response | Promise<Response>;
}
