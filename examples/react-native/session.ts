/**
 * Signs in on React Native, and keeps the user signed in. Hermes has no source of randomness and no storage, so native modules provide
 * them. It has BigInt, with which the default build is hundreds of times as fast as the portable one.
 *
 *     import AsyncStorage from '@react-native-async-storage/async-storage';
 *     import { getRandomBytes } from 'expo-crypto';
 *     export const phone = openPhoneSession(pool, { AsyncStorage, getRandomBytes });
 */
import {
  confirmNewDevice,
  createUserStore,
  type KeyValueStorage,
  type SignInOptions,
  type Step,
  signIn,
  type UserPoolClient,
} from 'cognito-srp-engine';
import { createSession, type Session } from 'cognito-srp-engine/session';

export interface NativeModules {
  readonly AsyncStorage: KeyValueStorage;
  readonly getRandomBytes: (length: number) => Uint8Array;
  /** The fetch that sends the requests to the service. Default: React Native's own. */
  readonly fetch?: SignInOptions['fetch'];
}

export interface PhoneSession {
  /** What the screens follow, and what sends requests to your servers: `useSyncExternalStore(session.subscribe, session.getSnapshot)`. */
  readonly session: Session;
  readonly signIn: (username: string, password: string) => Promise<Step>;
  /** @returns an access token that is good, or undefined where nobody is signed in */
  readonly accessToken: () => Promise<string | undefined>;
}

export function openPhoneSession(pool: UserPoolClient, native: NativeModules): PhoneSession {
  const options = { rng: native.getRandomBytes, ...(native.fetch && { fetch: native.fetch }) };
  // aws-amplify and amazon-cognito-identity-js keep their users under this prefix in React Native
  const store = createUserStore(native.AsyncStorage, pool, { prefix: '@MemoryStorage:' });
  const session = createSession(pool, { store }, options);
  return {
    session,
    signIn: async (username, password) => {
      const step = await signIn(pool, { username, password }, { ...options, device: store.device });
      if (step.status !== 'signed-in') return step;
      const confirmed = await confirmNewDevice(pool, step, { deviceName: 'Phone' }, options);
      await session.begin(confirmed, username);
      return confirmed;
    },
    accessToken: async () => {
      const { status } = await session.restore();
      return status === 'signed-in' ? (await session.tokens()).accessToken : undefined;
    },
  };
}
