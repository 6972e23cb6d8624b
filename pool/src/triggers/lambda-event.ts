/** What the events of all Lambda triggers have in common, as the pool sends and reads them. */

/** The event of a trigger, as far as it is the same for all of them. It must be JSON. */
export interface LambdaEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly request: object;
  /** The events of custom senders have none. */
  readonly response?: object | undefined;
}

/** The `response` of the event that came back. Users write triggers, so each member must be checked. */
export type LambdaResponse = Readonly<Record<string, unknown>>;
