/** The `context` that a trigger gets in process: that of Lambda's runtime of Node. */
import { LOCAL_ACCOUNT } from '../settings/pool-settings.ts';
import type { TriggerName } from './trigger-names.ts';

/** The second parameter of a handler. */
export interface LambdaContext {
  /** Has no effect here: what the handler left running goes on. */
  callbackWaitsForEmptyEventLoop: boolean;
  /** The name of the trigger, such as `PreSignUp`. */
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  /** In megabytes. */
  readonly memoryLimitInMB: string;
  /** A UUID, which differs in each attempt. */
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** How much of the time limit of this attempt is left, in milliseconds. */
  readonly getRemainingTimeInMillis: () => number;
  /** Calls back, as functions did before callbacks: `done(error, event)`, `succeed(event)` and `fail(error)`. */
  readonly done: (error?: unknown, output?: unknown) => void;
  readonly succeed: (output?: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** What differs between two attempts. */
export interface Attempt {
  readonly name: TriggerName;
  readonly region: string;
  readonly requestId: string;
  /** In milliseconds. */
  readonly limitMs: number;
  /** A clock that goes on evenly, in milliseconds. */
  readonly elapsed: () => number;
}

/** @param settle takes what `done` is called with */
export function lambdaContext(
  { name, region, requestId, limitMs, elapsed }: Attempt,
  settle: (error: unknown, output: unknown) => void,
): LambdaContext {
  const end = elapsed() + limitMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region}:${LOCAL_ACCOUNT}:function:${name}`,
    memoryLimitInMB: '128',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `[$LATEST]${requestId.replace(/-/g, '')}`,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(end - elapsed())),
    done: (error, output) => settle(error, output),
    succeed: (output) => settle(null, output),
    // A handler that fails without a reason has failed
    fail: (error) => settle(error ?? 'null', undefined),
  };
}
