/** The browser's own questions about passkeys. */
import { PasskeyError } from './explanations.ts';

/** @throws PasskeyError for whatever the browser refuses, and where the user gives nothing */
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
