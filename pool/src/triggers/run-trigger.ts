/** Runs a Lambda trigger of a pool, and gives back the response that it filled in. */
import { ServiceException } from '../domain/service-exception.ts';
import type { Pool, PoolState } from '../service/pool.ts';
import { callFunction } from './call-function.ts';
import { invokeLambda } from './invoke-lambda.ts';
import { arnOf, readLambdaArn } from './lambda-arns.ts';
import type { LambdaEvent, LambdaResponse } from './lambda-event.ts';
import { type Outcome, TIMED_OUT } from './outcome.ts';
import type { Trigger, Triggers } from './trigger-functions.ts';
import { optionNameOf, type TriggerName } from './trigger-names.ts';
import { withinLimit } from './within-limit.ts';

/** The part of a pool that says which triggers it has. */
type TriggerSettings = Pick<PoolState, 'triggers' | 'settings'>;

/** The part of a pool that running a trigger needs. */
type TriggerPool = TriggerSettings & Pick<Pool, 'now' | 'random' | 'region' | 'signal'>;

/** Whether the pool has this trigger: as a function, or in its LambdaConfig. */
export function hasTrigger({ triggers, settings }: TriggerSettings, name: TriggerName): boolean {
  return (
    triggers.functions[optionNameOf(name)] !== undefined ||
    arnOf(settings.userPool.LambdaConfig, name) !== undefined
  );
}

/**
 * Runs a trigger with a copy of the event, so that it cannot change what the pool keeps. A function in process wins over LambdaConfig.
 *
 * A trigger that is not answered in time is run again. AWS's guide of 2023 says "three attempts", that of 2026 only that it may be
 * retried.
 *
 * @returns the member `response` of the event that it gives back
 * @throws ServiceException UserLambdaValidationException if the trigger fails, InvalidLambdaResponseException if it does not
 *   give back the event, UnexpectedLambdaException if it cannot be run or is not answered in time
 * @throws the reason of the request's signal once that is aborted
 * @throws Error if the pool does not have the trigger. Ask `hasTrigger` before.
 */
export async function runTrigger(
  pool: TriggerPool,
  name: TriggerName,
  event: LambdaEvent,
): Promise<LambdaResponse> {
  const { timeoutMs, attempts } = pool.triggers.runtime;
  const run = runnerOf(pool, name, event);
  let outcome: Outcome = TIMED_OUT;
  for (let attempt = 1; attempt <= attempts && canRetry(outcome); attempt += 1) {
    outcome = await withinLimit(timeoutMs, pool.signal, run, TIMED_OUT);
  }
  return responseOf(name, event, outcome);
}

/**
 * Starts a trigger whose result does not count, as that of the custom senders. The caller goes on at once. A failure has no
 * effect on the reply, and is logged. Lambda repeats such a call after minutes, which this does not.
 *
 * @throws Error if the pool does not have the trigger. Ask `hasTrigger` before.
 */
export function startTrigger(pool: TriggerPool, name: TriggerName, event: LambdaEvent): void {
  const { log, timeoutMs } = pool.triggers.runtime;
  const run = runnerOf(pool, name, event);
  withinLimit(timeoutMs, undefined, run, TIMED_OUT).then(
    (outcome) => {
      // What such a trigger gives back is not read
      if (outcome.kind === 'failed' || outcome.kind === 'not invoked') log(refusalOf(name, outcome).message);
    },
    (error: unknown) => log(`${name} failed: ${String(error)}`),
  );
}

const canRetry = (outcome: Outcome): boolean => outcome.kind === 'not invoked' && outcome.canRetry;

/** @returns what makes one attempt */
function runnerOf(
  { triggers, settings, region, random, now }: TriggerPool,
  name: TriggerName,
  event: LambdaEvent,
): (over: AbortSignal) => Promise<Outcome> {
  const { functions, runtime } = triggers;
  const handler = functionOf(functions, name);
  if (handler) {
    const { timeoutMs: limitMs, elapsed } = runtime;
    return () => callFunction(handler, event, { name, region, requestId: random.uuid(), limitMs, elapsed });
  }
  const arn = arnOf(settings.userPool.LambdaConfig, name);
  if (arn === undefined) throw new Error(`The pool does not have the trigger ${name}`);
  const { lambdaEndpoint: endpoint, fetch } = runtime;
  const lambda = readLambdaArn(arn);
  if (endpoint === undefined) return async () => NO_ENDPOINT;
  if (!lambda) return async () => NO_FUNCTION;
  return (over) => invokeLambda({ endpoint, fetch, now }, lambda, event, over);
}

/** The event has the form that the trigger takes, because each is made for its trigger. TypeScript does not see that. */
const functionOf = (functions: Triggers, name: TriggerName): Trigger<LambdaEvent> | undefined =>
  functions[optionNameOf(name)] as Trigger<LambdaEvent> | undefined;

const NO_ENDPOINT: Outcome = {
  kind: 'not invoked',
  reason:
    'NoEndpoint: the pool has an ARN in LambdaConfig and no endpoint of the Lambda API. Start it with the option lambdaEndpoint (--lambda-endpoint URL), or give it a function',
  canRetry: false,
};

const NO_FUNCTION: Outcome = {
  kind: 'not invoked',
  reason:
    'InvalidArn: LambdaConfig must have the ARN of a Lambda function, like arn:aws:lambda:us-east-1:000000000000:function:NAME',
  canRetry: false,
};

/** @throws ServiceException */
function responseOf(name: TriggerName, event: LambdaEvent, outcome: Outcome): LambdaResponse {
  if (outcome.kind !== 'output') throw refusalOf(name, outcome);
  const { output } = outcome;
  if (typeof output !== 'object' || output === null) throw unrecognizable();
  // Reported: the event must come back whole, with version, triggerSource, region, userPoolId and userName
  for (const [member, value] of Object.entries(event)) {
    if (typeof value === 'string' && typeof Reflect.get(output, member) !== 'string') throw unrecognizable();
  }
  const response: unknown = Reflect.get(output, 'response');
  if (typeof response !== 'object' || response === null || Array.isArray(response)) throw unrecognizable();
  // It is neither null nor an array, so its members can be read by name
  return response as LambdaResponse;
}

/** The texts are reported of the service. It appends the full stop even to a text that has one. */
function refusalOf(name: TriggerName, outcome: Exclude<Outcome, { kind: 'output' }>): ServiceException {
  switch (outcome.kind) {
    case 'failed':
      return new ServiceException(
        'UserLambdaValidationException',
        `${name} failed with error ${outcome.text}.`,
      );
    case 'not JSON':
      return new ServiceException(
        'InvalidLambdaResponseException',
        'Invalid lambda function output : Invalid JSON',
      );
    case 'not invoked':
      return new ServiceException(
        'UnexpectedLambdaException',
        `${name} invocation failed due to error ${outcome.reason}.`,
      );
  }
}

/** The refusal of an output that is not the event of its trigger, or whose response has the wrong types. */
export const unrecognizable = (): ServiceException =>
  new ServiceException('InvalidLambdaResponseException', 'Unrecognizable lambda output');
