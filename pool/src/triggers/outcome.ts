/** What becomes of one attempt to run a trigger, before it is a reply or a refusal. */

export type Outcome =
  /** The function gave back a value that JSON can hold. */
  | { readonly kind: 'output'; readonly output: unknown }
  /** The function gave back nothing, or something that is not JSON. */
  | { readonly kind: 'not JSON' }
  /** The function failed. The text is the message of its error. */
  | { readonly kind: 'failed'; readonly text: string }
  /** The function could not be run, or did not end in time. The reason is a code, or a sentence without its full stop. */
  | { readonly kind: 'not invoked'; readonly reason: string; readonly canRetry: boolean };

/** Reported of the service: the reason in its text when a function has not answered in time. */
export const TIMED_OUT: Outcome = {
  kind: 'not invoked',
  reason: 'Socket timeout while invoking Lambda function',
  canRetry: true,
};
