/** A password as the pool's client takes it, and the sign-in that follows a new account or a new password. */
import { type Credentials, signIn } from 'cognito-srp-engine';
import { type App, callOptions, follow } from './app.ts';

/** @param password may be empty where the pool asks its own questions */
export function passwordCredentials({ pool }: App, username: string, password: string): Credentials {
  const { flow } = pool;
  if (flow !== 'CUSTOM_AUTH') return { flow, username, password };
  return { flow, username, ...(password && { password }) };
}

/**
 * Signs in. What went before is done and cannot be repeated: where this fails, the first screen says so.
 *
 * @param notice what is done
 */
export async function thenSignIn(
  app: App,
  credentials: Credentials,
  notice: string,
  { signal, leaving }: { readonly signal: AbortSignal; readonly leaving: AbortSignal },
): Promise<void> {
  const { username } = credentials;
  try {
    await follow(app, await signIn(app.pool.client, credentials, callOptions(app, signal)), username);
  } catch (error) {
    if (leaving.aborted) throw error;
    app.go({ name: 'sign-in', username, notice }, 'replace');
  }
}
