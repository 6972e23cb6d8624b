/** What the options of a service say about how triggers are run. */
import { DEFAULT_TRIGGER_RUNTIME, type TriggerRuntime } from '../triggers/pool-triggers.ts';
import type { PoolServiceOptions } from './service-options.ts';

export function triggerRuntimeOf(options: PoolServiceOptions): TriggerRuntime {
  const { lambdaEndpoint, triggerTimeoutMs, triggerAttempts, encodeSenderCode, logTriggers } = options;
  return {
    ...DEFAULT_TRIGGER_RUNTIME,
    timeoutMs: triggerTimeoutMs ?? DEFAULT_TRIGGER_RUNTIME.timeoutMs,
    attempts: triggerAttempts ?? DEFAULT_TRIGGER_RUNTIME.attempts,
    lambdaEndpoint: lambdaEndpoint?.replace(/\/$/, ''),
    encodeSenderCode,
    log: logTriggers ?? DEFAULT_TRIGGER_RUNTIME.log,
  };
}
