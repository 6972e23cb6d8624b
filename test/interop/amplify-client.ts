/** Configures aws-amplify for a local pool and a storage. */
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, type SignInInput, signIn } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import type { recordedStorage } from './device-pool.ts';
import { type ListeningPool, PASSWORD } from './listening-pool.ts';

/**
 * Amplify names a device by the user agent, and confirms none without it. Every browser's appName is "Netscape", and
 * without that the BigInteger of amazon-cognito-identity-js takes its slowest way, ten times as long.
 */
if (typeof navigator === 'undefined' || navigator.appName !== 'Netscape') {
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'A browser', appName: 'Netscape' } });
}

type Storage = ReturnType<typeof recordedStorage>['storage'];

export function configureAmplify(
  pool: Pick<ListeningPool, 'userPoolId' | 'endpoint'>,
  { getItem, setItem, removeItem, clear }: Storage,
): void {
  // It warns about every endpoint that is not AWS's
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId: pool.userPoolId, userPoolClientId: 'web', userPoolEndpoint: pool.endpoint },
    },
  });
  warn.mockRestore();
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    getItem: async (key) => getItem(key),
    setItem: async (key, value) => setItem(key, value),
    removeItem: async (key) => removeItem(key),
    clear: async () => clear(),
  });
}

export const begin = (
  authFlowType: NonNullable<NonNullable<SignInInput['options']>['authFlowType']>,
  username = 'alice',
) =>
  signIn({
    username,
    ...(authFlowType !== 'CUSTOM_WITHOUT_SRP' && { password: PASSWORD }),
    options: { authFlowType },
  });

export type Flow = Parameters<typeof begin>[0];

/** The access token that there is, or new ones. */
export async function accessToken(forceRefresh = false): Promise<string> {
  const { tokens } = await fetchAuthSession({ forceRefresh });
  if (!tokens) throw new Error('Not signed in');
  return tokens.accessToken.toString();
}

export async function expectSignedIn(pool: ListeningPool, { isSignedIn }: { isSignedIn: boolean }) {
  expect(isSignedIn).toBe(true);
  expect(await pool.userOf(await accessToken())).toBe('alice');
}

/** A code is asked for, and sent. */
export async function signInWithCode(pool: ListeningPool, flow: Flow, typed: string): Promise<void> {
  const messages = pool.outbox.length;
  const { nextStep } = await begin(flow, typed);
  expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_SMS_CODE');
  expect(pool.outbox).toHaveLength(messages + 1);
  await expectSignedIn(pool, await confirmSignIn({ challengeResponse: pool.lastCode() }));
}

/** The device stands in for the code. */
export async function signInWithDevice(pool: ListeningPool, flow: Flow, typed: string): Promise<void> {
  const messages = pool.outbox.length;
  await expectSignedIn(pool, await begin(flow, typed));
  expect(pool.outbox).toHaveLength(messages);
}
