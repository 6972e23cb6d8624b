/** Signed calls to a service, and the pools that they make. */
import type { UserPoolOptions } from '../../src/index.ts';
import { createWire, type Reply, type Wire } from '../wire.ts';

export const SIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260924/local/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00ff',
};

/** The pool that every service has at first. */
export const FIRST_POOL = 'us-east-1_LocalPool';

/** A description of a pool, with the members that tests read. */
export interface DescribedPool {
  readonly Id: string;
  readonly SchemaAttributes: readonly { readonly Name: string }[];
  readonly LastModifiedDate: number;
  readonly [member: string]: unknown;
}

export interface AdminWire extends Wire {
  readonly admin: (operation: string, input: object) => Promise<Reply>;
  /** Calls an operation on a pool made by `createPool`, or on the first pool. */
  readonly onPool: (operation: string, input?: object, UserPoolId?: string) => Promise<Reply>;
  /** Makes a pool by CreateUserPool and gives its id. */
  readonly createPool: (input?: object) => Promise<string>;
  /** What DescribeUserPool says. */
  readonly describe: (UserPoolId: string) => Promise<DescribedPool>;
}

export function createAdminWire(options: UserPoolOptions = {}): AdminWire {
  const wire = createWire(options);
  const admin: AdminWire['admin'] = (operation, input) => wire.call(operation, input, SIGNED);
  return {
    ...wire,
    admin,
    onPool: (operation, input = {}, UserPoolId = FIRST_POOL) => admin(operation, { UserPoolId, ...input }),
    createPool: async (input = {}) => {
      const { UserPool } = await admin('CreateUserPool', { PoolName: 'made', ...input });
      return (UserPool as DescribedPool).Id;
    },
    describe: async (UserPoolId) => {
      const { UserPool } = await admin('DescribeUserPool', { UserPoolId });
      return UserPool as DescribedPool;
    },
  };
}
