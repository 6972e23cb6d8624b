/** An operation of the service: its name in AWS's model, who may call it, and what it does. */
import { clientDoesNotExist } from '../domain/clients.ts';
import { invalidParameter, notAuthorized, type ServiceException } from '../domain/service-exception.ts';
import { readInput } from '../model/read-input.ts';
import type { Inputs, OperationName, Outputs } from '../model/types.generated.ts';
import { type Pool, type PoolState, poolForRequest } from '../service/pool.ts';
import { poolById, poolOfClient, poolOfSession, poolOfToken, type Service } from '../service/service.ts';

/**
 * `public`: anybody who knows an app client. `token`: the user who has the access token. `iam`: an administrator, whose request is
 * signed with AWS credentials. The pool looks at the form of a signature alone, because it knows no credentials.
 */
export type Access = 'public' | 'token' | 'iam';

/** One request, as far as operations know it. */
export interface Call {
  /** The clock of the request, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Where the request came to, such as `http://127.0.0.1:9229`. */
  readonly endpoint: string;
  /** Is aborted when nobody waits for the reply any more. */
  readonly signal?: AbortSignal;
}

/** The output is undefined if AWS's model calls it Unit. */
export type Output<Name extends OperationName> = Promise<Outputs[Name] | undefined>;

export interface Operation {
  readonly name: OperationName;
  readonly access: Access;
  /** @throws ServiceException for an input that the model or the operation refuses */
  readonly answer: (
    service: Service,
    input: Readonly<Record<string, unknown>>,
    call: Call,
  ) => Promise<object | undefined>;
}

/** An operation on one pool. */
export interface PoolOperation extends Operation {
  /** Answers for this pool, whichever pool the input names. */
  readonly answerOn: (pool: Pool, input: Readonly<Record<string, unknown>>) => Promise<object | undefined>;
}

export interface PoolOperationOptions {
  readonly access: Access;
  /** The refusal of a client that no pool has. Default: ResourceNotFoundException. */
  readonly unknownClient?: (clientId: string) => ServiceException;
}

/** Makes an operation on one pool, which is found before it runs. */
export function poolOperation<Name extends OperationName>(
  name: Name,
  options: PoolOperationOptions,
  run: (pool: Pool, input: Inputs[Name]) => Output<Name>,
): PoolOperation {
  return {
    name,
    access: options.access,
    answerOn: async (pool, json) => run(pool, readInput(name, json)),
    answer: async (service, json, { now, endpoint, signal }) => {
      const input = readInput(name, json);
      const pool = findPool(service, input, options);
      return run(
        poolForRequest(
          pool,
          { now, random: service.random, arithmetic: service.arithmetic },
          endpoint,
          signal,
        ),
        input,
      );
    },
  };
}

/** Makes an operation on the pools themselves. Only administrators have such. */
export function serviceOperation<Name extends OperationName>(
  name: Name,
  run: (service: Service, input: Inputs[Name], call: Call) => Output<Name>,
): Operation {
  return {
    name,
    access: 'iam',
    answer: async (service, json, call) => run(service, readInput(name, json), call),
  };
}

/** The members that name a pool. */
interface NamingMembers {
  readonly UserPoolId?: unknown;
  readonly ClientId?: unknown;
  readonly AccessToken?: unknown;
  readonly Session?: unknown;
  readonly ResourceArn?: unknown;
}

/** Finds the pool by the first of these members that the input has. */
function findPool(
  service: Service,
  input: object,
  { access, unknownClient = clientDoesNotExist }: PoolOperationOptions,
): PoolState {
  const { UserPoolId, ClientId, AccessToken, Session, ResourceArn }: NamingMembers = input;
  if (typeof UserPoolId === 'string') return poolById(service, UserPoolId);
  if (typeof ClientId === 'string') {
    const pool = poolOfClient(service, ClientId);
    if (pool) return pool;
    throw unknownClient(ClientId);
  }
  if (typeof AccessToken === 'string') {
    const pool = poolOfToken(service, AccessToken);
    if (pool) return pool;
    throw notAuthorized('Invalid Access Token');
  }
  if (typeof ResourceArn === 'string')
    return poolById(service, ResourceArn.slice(ResourceArn.lastIndexOf('/') + 1));
  const pool = typeof Session === 'string' ? poolOfSession(service, Session) : undefined;
  if (pool) return pool;
  if (typeof Session === 'string') throw notAuthorized('Invalid session for the user.');
  throw invalidParameter(NO_NAME[access]);
}

/** The refusal of an input that names no pool, where AWS's model requires no member that does. AWS's texts are not known. */
const NO_NAME: Readonly<Record<Access, string>> = {
  public: 'Access Token or Session is required',
  token: 'Missing required parameter AccessToken',
  iam: 'Missing required parameter UserPoolId',
};
