/** The calls of an administrator to the pool of a wire. They are signed, and name the pool. */
import { sendRequest } from '../../test/support/pool-calls.ts';
import type { UserPoolOptions } from '../src/index.ts';
import { outputMistakes } from './model/output-mistakes.ts';
import { createWire, type Reply, refused, type Texts, type Wire } from './wire.ts';

export const SIGNED: Texts = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260924/local/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00ff',
};

export interface AdminWire extends Wire {
  /** Calls, and checks by AWS's model what is answered. */
  readonly admin: (operation: string, input: object) => Promise<Reply>;
  /** Calls, and gives the status and the body as it came. */
  readonly adminText: (operation: string, input: object) => Promise<readonly [status: number, body: string]>;
}

export function createAdmin(options: UserPoolOptions = {}): AdminWire {
  const wire = createWire(options);
  const { userPoolId: UserPoolId } = wire.pool;
  const adminText: AdminWire['adminText'] = async (operation, input) => {
    const response = await sendRequest(wire.pool, operation, { UserPoolId, ...input }, SIGNED);
    return [response.status, await response.text()];
  };
  return {
    ...wire,
    adminText,
    admin: async (operation, input) => {
      const [status, text] = await adminText(operation, input);
      const body = text === '' ? undefined : (JSON.parse(text) as object);
      const mistakes = status === 200 ? outputMistakes(operation, body) : [];
      if (mistakes.length > 0) throw new Error(`${operation} answers with ${mistakes.join(', ')}`);
      return { status, ...body } as Reply;
    },
  };
}

export const NO_USER = refused('UserNotFoundException', 'User does not exist.');
export const NO_GROUP = refused('ResourceNotFoundException', 'Group not found.');

/** What the operations answer whose output AWS's model calls Unit. */
export const NO_BODY = [200, ''];
/** What the operations answer whose output has no members. */
export const EMPTY_BODY = [200, '{}'];
