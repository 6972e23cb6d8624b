/** Asks the browser for a passkey. */
import { PasskeyError } from './explanations.ts';

/** @throws PasskeyError where the browser refuses, or the user gives no passkey */
export async function askBrowser(ask: () => Promise<Credential | null>): Promise<Credential> {
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (error) {
    throw new PasskeyError(error);
  }
  if (!credential) throw new PasskeyError(undefined);
  return credential;
}
