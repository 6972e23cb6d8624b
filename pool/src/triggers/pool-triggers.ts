/** What a pool knows of its triggers, and how they are run. */
import type { PreTokenGenerationLambdaVersionType } from '../model/types.generated.ts';
import type { Triggers } from './trigger-functions.ts';

/** The triggers of one pool, besides those of its LambdaConfig. */
export interface OwnTriggers {
  readonly functions: Triggers;
  /** Undefined: what PreTokenGenerationConfig of LambdaConfig says. */
  readonly preTokenGenerationVersion: PreTokenGenerationLambdaVersionType | undefined;
}

/** A pool that CreateUserPool made has no functions. */
export const NO_OWN_TRIGGERS: OwnTriggers = { functions: {}, preTokenGenerationVersion: undefined };

/** How the triggers of all pools of a service are run. */
export interface TriggerRuntime {
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How often a trigger that was not answered in time is run. */
  readonly attempts: number;
  /** The endpoint of the Lambda API, which runs the functions of LambdaConfig, without a slash at the end. */
  readonly lambdaEndpoint: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** A clock that goes on evenly, in milliseconds. */
  readonly elapsed: () => number;
  /** Makes the code in the events of custom senders. Undefined: it is not encrypted. */
  readonly encodeSenderCode: ((code: string) => string | Promise<string>) | undefined;
  /** Takes a line about a trigger whose failure no reply shows. */
  readonly log: (line: string) => void;
}

/**
 * Documented: 5 seconds, which cannot be changed. AWS's guide of 2023 says that a call is tried three times; that of 2026 does not
 * say how often.
 */
export const DEFAULT_TRIGGER_RUNTIME: TriggerRuntime = {
  timeoutMs: 5000,
  attempts: 3,
  lambdaEndpoint: undefined,
  fetch: (input, init) => globalThis.fetch(input, init),
  elapsed: () => performance.now(),
  encodeSenderCode: undefined,
  log: (line) => console.error(line),
};

/** What a pool has of both. */
export interface PoolTriggers extends OwnTriggers {
  readonly runtime: TriggerRuntime;
}
