/** The code in the event of a custom sender. */
import type { PoolState } from '../service/pool.ts';

/**
 * AWS encrypts the code with the AWS Encryption SDK under the pool's KMSKeyID. Without a key the local pool sends it as it is.
 *
 * @param code a code, or a temporary password
 * @returns base64 of its UTF-8
 */
export async function encodeSenderCode(_pool: Pick<PoolState, 'triggers'>, code: string): Promise<string> {
  return btoa(String.fromCharCode(...new TextEncoder().encode(code)));
}
