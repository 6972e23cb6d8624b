/** A pool whose triggers note each event that they get, and the whole event that AWS documents to compare it with. */
import type { LambdaEvent, Triggers, UserPoolOptions } from '../../src/index.ts';
import { type AdminWire, createAdmin } from '../admin-calls.ts';

/** An event, with members that a test may read and fill in. */
export interface AnyEvent extends LambdaEvent {
  readonly userName: string;
  readonly request: Readonly<Record<string, unknown>>;
  response: Record<string, unknown>;
}

export type Handlers = { readonly [Name in keyof Triggers]?: (event: AnyEvent) => unknown };

export interface TriggerWire extends AdminWire {
  /** The events since the last call, the oldest first. */
  readonly takeEvents: () => readonly AnyEvent[];
}

/** @param handlers the triggers of the pool. `unchanged` gives the event back. */
export function createTriggerWire(handlers: Handlers, options: UserPoolOptions = {}): TriggerWire {
  const events: AnyEvent[] = [];
  const triggers = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (event: AnyEvent) => {
        events.push(structuredClone(event));
        return handler(event);
      },
    ]),
  );
  // The pool gives each function the event of its trigger
  const wire = createAdmin({ ...options, triggers: triggers as Triggers });
  return { ...wire, takeEvents: () => events.splice(0) };
}

export const unchanged = (event: AnyEvent): unknown => event;

/** Fills in the response. */
export const responding =
  (response: Readonly<Record<string, unknown>>) =>
  (event: AnyEvent): unknown => ({ ...event, response });

export const failing = (): never => {
  throw new Error('no luck');
};

export const failedText = (name: string): string => `${name} failed with error no luck.`;

export const NO_CLIENT = 'CLIENT_ID_NOT_APPLICABLE';

/** What all events have in common, of the user alice and the client web. */
export const eventOf = (
  triggerSource: string,
  request: object,
  response: object | null = {},
  more: { readonly userName?: string; readonly clientId?: string; readonly version?: string } = {},
) => {
  const { userName = 'alice', clientId = 'web', version = '1' } = more;
  return {
    version,
    triggerSource,
    region: 'us-east-1',
    userPoolId: 'us-east-1_LocalPool',
    userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    request,
    // The custom senders have none
    ...(response && { response }),
  };
};

/** The `userAttributes` of a user who exists. */
export const attributesOf = ({ pool }: AdminWire, username = 'alice', more: object = {}) => {
  const user = pool.users.find(username);
  return { sub: user?.sub, 'cognito:user_status': user?.status, ...user?.attributes, ...more };
};

export const SIGN_UP = {
  ClientId: 'web',
  Username: 'alice',
  Password: 'Correct-Horse-9',
  UserAttributes: [{ Name: 'email', Value: 'alice@example.com' }],
};
