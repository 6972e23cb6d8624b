/**
 * Signs in on React Native. Hermes has no source of randomness and no storage, so native modules provide them. It has
 * BigInt, with which the default build is hundreds of times as fast as the portable one.
 *
 *     import AsyncStorage from '@react-native-async-storage/async-storage';
 *     import { getRandomBytes } from 'expo-crypto';
 *     const session = createSession(pool, { AsyncStorage, getRandomBytes });
 */
import {
  confirmNewDevice,
  createTokenKeeper,
  createUserStore,
  type KeyValueStorage,
  type SignInOptions,
  type Step,
  signIn,
  type TokenKeeper,
  type Tokens,
  type UserPoolClient,
} from 'cognito-srp-engine';

export interface NativeModules {
  readonly AsyncStorage: KeyValueStorage;
  readonly getRandomBytes: (length: number) => Uint8Array;
  /** The fetch that sends the requests. Default: React Native's own. */
  readonly fetch?: SignInOptions['fetch'];
}

export interface Session {
  signIn(username: string, password: string): Promise<Step>;
  /** @returns an access token that is good, or undefined where nobody is signed in */
  accessToken(): Promise<string | undefined>;
}

export function createSession(pool: UserPoolClient, native: NativeModules): Session {
  // aws-amplify and amazon-cognito-identity-js keep their users under this prefix in React Native
  const store = createUserStore(native.AsyncStorage, pool, { prefix: '@MemoryStorage:' });
  const options: SignInOptions = {
    rng: native.getRandomBytes,
    device: store.device,
    ...(native.fetch && { fetch: native.fetch }),
  };
  /** The keeper of the signed-in user's tokens. Calls at the same time share one refresh. */
  let keeping: Promise<TokenKeeper | undefined> | undefined;
  const keep = async () => {
    const user = await store.load();
    if (!user) return undefined;
    const { username, tokens } = user;
    const input = {
      username,
      tokens,
      deviceKey: (await store.device(username))?.key,
      load: async () => (await store.load(username))?.tokens,
      onTokens: (fresh: Tokens) => store.saveTokens(username, fresh),
    };
    return createTokenKeeper(pool, input, options);
  };
  return {
    signIn: async (username, password) => {
      const step = await signIn(pool, { username, password }, options);
      if (step.status !== 'signed-in') return step;
      const remembered = await confirmNewDevice(pool, step, { deviceName: 'Phone' }, options);
      await store.save(remembered, username);
      keeping = undefined;
      return remembered;
    },
    accessToken: async () => {
      keeping ??= keep().catch((error) => {
        // After a failure the storage is read again at the next call
        keeping = undefined;
        throw error;
      });
      const keeper = await keeping;
      return keeper && (await keeper.get()).accessToken;
    },
  };
}
