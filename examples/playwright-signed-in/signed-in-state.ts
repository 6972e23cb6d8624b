/** Signs in through the API and makes a signed-in state for Playwright, so that a test does not fill in the form. */
import { type Credentials, createUserStore, signIn, type UserPoolClient } from 'cognito-srp-engine';

/** The state that `browser.newContext({ storageState })` takes. */
export interface StorageState {
  cookies: [];
  origins: { origin: string; localStorage: { name: string; value: string }[] }[];
}

/** @param origin the origin of the app, which keeps its tokens by `createUserStore` or aws-amplify in localStorage */
export async function signedInState(
  pool: UserPoolClient,
  credentials: Credentials,
  origin: string,
): Promise<StorageState> {
  const step = await signIn(pool, credentials);
  if (step.status !== 'signed-in') throw new Error(`The sign-in asks for ${step.challenge.name}`);
  const items = new Map<string, string>();
  const store = createUserStore(
    {
      getItem: (key) => items.get(key),
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    },
    pool,
  );
  await store.save(step, credentials.username);
  const localStorage = [...items].map(([name, value]) => ({ name, value }));
  return { cookies: [], origins: [{ origin, localStorage }] };
}
