/** Makes the events of the Lambda triggers, as far as they are the same for all of them. */
import { namingAttributes } from '../domain/names.ts';
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { TriggerEvent } from './events.ts';

type Texts = Readonly<Record<string, string>>;

/** Captured: the client of operations that do not name one, such as AdminCreateUser. */
const NO_CLIENT = 'CLIENT_ID_NOT_APPLICABLE';

/** Who is concerned, and through which client. */
export interface Caller {
  /** The canonical user name. */
  readonly userName: string;
  /** Undefined for an operation of administrators that does not name a client. */
  readonly clientId: string | undefined;
  /** Default `1`. */
  readonly version?: string;
}

export function makeEvent<Source extends string, Request, Response>(
  { region, userPoolId }: Pick<Pool, 'region' | 'userPoolId'>,
  triggerSource: Source,
  { userName, clientId = NO_CLIENT, version = '1' }: Caller,
  request: Request,
  response: Response,
): TriggerEvent<Source, Request, Response> {
  return {
    version,
    triggerSource,
    region,
    userPoolId,
    userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    request,
    response,
  };
}

/** The names of the attributes that captured events have for an address that is a name to sign in with. */
const ALIAS_ATTRIBUTES: Readonly<Record<string, string>> = {
  email: 'cognito:email_alias',
  phone_number: 'cognito:phone_number_alias',
};

/**
 * The `userAttributes` of a user who exists. Captured: confirmed users have `cognito:email_alias` where the address is a name to
 * sign in with, and one with FORCE_CHANGE_PASSWORD did not. For a phone number this is by analogy.
 */
export function userAttributesOf({ users }: Pick<Pool, 'users'>, { sub, status, attributes }: User): Texts {
  const aliases = status === 'CONFIRMED' ? namingAttributes(users.rules, attributes) : [];
  return {
    sub,
    ...Object.fromEntries(
      aliases.flatMap((name) => {
        const alias = ALIAS_ATTRIBUTES[name];
        return alias === undefined ? [] : [[alias, attributes[name] ?? '']];
      }),
    ),
    'cognito:user_status': status,
    ...attributes,
  };
}

/** Captured: `clientMetadata` is absent if the request has none, except in the events of custom senders. */
export const withClientMetadata = (clientMetadata: Texts | undefined): { readonly clientMetadata?: Texts } =>
  clientMetadata === undefined ? {} : { clientMetadata };
