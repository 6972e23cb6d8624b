/** Runs a trigger that is a function in this process, as Lambda's runtime of Node runs a handler. */
import { type Attempt, lambdaContext } from './lambda-context.ts';
import type { LambdaEvent } from './lambda-event.ts';
import type { Outcome } from './outcome.ts';
import type { Trigger } from './trigger-functions.ts';

/**
 * The first of these counts: what the function calls back with, what its promise resolves to, and what it returns.
 * Lambda ignores a returned value that is not a promise. The pool takes it, so that the handler of a test need not be asynchronous.
 *
 * @param event is copied
 * @returns never, if the function neither ends nor fails
 */
export async function callFunction(
  handler: Trigger<LambdaEvent>,
  event: LambdaEvent,
  attempt: Attempt,
): Promise<Outcome> {
  const copy: LambdaEvent = JSON.parse(JSON.stringify(event));
  try {
    return toOutcome(await run(handler, copy, attempt));
  } catch (error) {
    return { kind: 'failed', text: textOf(error) };
  }
}

function run(handler: Trigger<LambdaEvent>, event: LambdaEvent, attempt: Attempt): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (error: unknown, output: unknown) => {
      if (error === null || error === undefined) resolve(output);
      else reject(error);
    };
    const returned = handler(event, lambdaContext(attempt, settle), settle);
    // A function of one parameter cannot call back, so it has ended
    if (returned === undefined && handler.length >= 2) return;
    // A promise that is rejected after the callback must not be one that nobody handles
    Promise.resolve(returned).then(resolve, reject);
  });
}

function toOutcome(output: unknown): Outcome {
  let json: string | undefined;
  try {
    json = JSON.stringify(output);
  } catch {
    // The text of Lambda's runtime of Node
    return { kind: 'failed', text: 'Unable to stringify response body' };
  }
  // The runtime sends null for undefined, and the service calls that invalid
  if (json === undefined || json === 'null') return { kind: 'not JSON' };
  return { kind: 'output', output: JSON.parse(json) };
}

/** An error of another realm, as in Jest, is not an instance of Error here. */
function textOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined;
  return typeof message === 'string' ? message : String(error);
}
