/** Signs in after a new account or a new password, by the flow that the pool's app client allows. */
import { type Credentials, signIn } from 'cognito-srp-engine';
import { type App, callOptions, follow } from './app.ts';

/** @param password the password. It may be empty under CUSTOM_AUTH, where the pool asks its own questions */
export function passwordCredentials({ pool }: App, username: string, password: string): Credentials {
  const { flow } = pool;
  if (flow !== 'CUSTOM_AUTH') return { flow, username, password };
  return { flow, username, ...(password && { password }) };
}

/**
 * Signs in after a step that cannot be repeated. Where the sign-in fails, the first screen says what was done.
 *
 * @param notice says what was done
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
