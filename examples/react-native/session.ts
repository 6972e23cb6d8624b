/**
 * React Native: the portable build (Hermes has no WebCrypto), randomness and storage from native modules.
 *
 *     import AsyncStorage from '@react-native-async-storage/async-storage';
 *     import { getRandomBytes } from 'expo-crypto';
 *     const session = createSession(pool, { AsyncStorage, getRandomBytes });
 */
import {
  createTokenKeeper,
  createUserStore,
  type KeyValueStorage,
  rememberDevice,
  type SignInOptions,
  type Step,
  signIn,
  type UserPoolClient,
} from 'cognito-srp-engine/portable';

export interface NativeModules {
  readonly AsyncStorage: KeyValueStorage;
  readonly getRandomBytes: (length: number) => Uint8Array;
  /** Default: React Native's own. */
  readonly fetch?: SignInOptions['fetch'];
}

export interface Session {
  signIn(username: string, password: string): Promise<Step>;
  /** A good access token, or undefined where nobody is signed in. */
  accessToken(): Promise<string | undefined>;
}

export function createSession(pool: UserPoolClient, native: NativeModules): Session {
  // The prefix under which aws-amplify and amazon-cognito-identity-js keep their users in React Native
  const store = createUserStore(native.AsyncStorage, pool, { prefix: '@MemoryStorage:' });
  const options: SignInOptions = {
    rng: native.getRandomBytes,
    device: store.device,
    ...(native.fetch && { fetch: native.fetch }),
  };
  return {
    signIn: async (username, password) => {
      const step = await signIn(pool, { username, password }, options);
      if (step.status !== 'signed-in') return step;
      const remembered = await rememberDevice(pool, step, { deviceName: 'Phone' }, options);
      await store.save(remembered, username);
      return remembered;
    },
    accessToken: async () => {
      const user = await store.load();
      if (!user) return undefined;
      const keeper = createTokenKeeper(
        pool,
        {
          ...user,
          deviceKey: (await store.device(user.username))?.key,
          onTokens: (tokens) => store.saveTokens(user.username, tokens),
        },
        options,
      );
      return (await keeper.get()).accessToken;
    },
  };
}
