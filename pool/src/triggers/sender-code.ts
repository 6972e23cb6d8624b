/** The code in the event of a custom sender. */
import { ServiceException } from '../domain/service-exception.ts';
import type { PoolState } from '../service/pool.ts';

/**
 * AWS encrypts the code with the AWS Encryption SDK under the pool's KMSKeyID. The local pool has no key, so it leaves that to the option
 * `encodeSenderCode`, and without it gives base64 of the code as it is.
 *
 * @param code a code, or a temporary password
 * @returns base64
 * @throws ServiceException UnexpectedLambdaException if the option fails. What AWS says when it cannot use the key is not known.
 */
export async function encodeSenderCode(
  { triggers }: Pick<PoolState, 'triggers'>,
  code: string,
): Promise<string> {
  const { encodeSenderCode: encode } = triggers.runtime;
  if (!encode) return btoa(String.fromCharCode(...new TextEncoder().encode(code)));
  let encoded: unknown;
  try {
    encoded = await encode(code);
  } catch {
    throw failed('has failed');
  }
  if (typeof encoded === 'string') return encoded;
  throw failed('has not returned a string');
}

/** The error itself may quote the code, so it is left out. */
const failed = (what: string): ServiceException =>
  new ServiceException(
    'UnexpectedLambdaException',
    `The code for the custom sender could not be encrypted: encodeSenderCode ${what}.`,
  );
