/** Wraps amazon-cognito-identity-js, with promises in place of callbacks. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  CognitoUserSession,
  type IAuthenticationCallback,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js';
import { type ListeningPool, PASSWORD } from './listening-pool.ts';

/** The callback that the library called, and its arguments. */
export interface Outcome {
  readonly callback: Exclude<keyof IAuthenticationCallback, 'onFailure'>;
  readonly with: readonly unknown[];
}

/** Turns the library's callbacks into a promise of the first one that is called. */
export const outcome = (start: (callbacks: Required<IAuthenticationCallback>) => void): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const called =
      (callback: Outcome['callback']) =>
      (...args: readonly unknown[]) =>
        resolve({ callback, with: args });
    start({
      onSuccess: called('onSuccess'),
      onFailure: reject,
      newPasswordRequired: called('newPasswordRequired'),
      mfaRequired: called('mfaRequired'),
      totpRequired: called('totpRequired'),
      customChallenge: called('customChallenge'),
      mfaSetup: called('mfaSetup'),
      selectMFAType: called('selectMFAType'),
    });
  });

/** Methods that end with onSuccess or onFailure. */
const done = <T>(
  start: (callbacks: { onSuccess: (value: T) => void; onFailure: (error: unknown) => void }) => void,
): Promise<T> => new Promise((onSuccess, onFailure) => start({ onSuccess, onFailure }));

export function identityJs(pool: ListeningPool, Storage: ICognitoStorage, flow = 'USER_SRP_AUTH') {
  const Pool = new CognitoUserPool({
    UserPoolId: pool.userPoolId,
    ClientId: 'web',
    endpoint: pool.endpoint,
    Storage,
  });
  return {
    /** A user as after a reload: whatever it knows, it has from the storage. */
    user: (typed = 'alice') => {
      const user = new CognitoUser({ Username: typed, Pool, Storage });
      user.setAuthenticationFlowType(flow);
      return withPromises(user, typed);
    },
    /** The last one who signed in, with the session that was stored. */
    current: async () => {
      const user = Pool.getCurrentUser();
      if (!user) return undefined;
      const session = await new Promise<CognitoUserSession>((resolve, reject) => {
        user.getSession((error: Error | null, found: CognitoUserSession | null) =>
          found ? resolve(found) : reject(error),
        );
      });
      return { ...withPromises(user, user.getUsername()), session };
    },
  };
}

const withPromises = (user: CognitoUser, typed: string) => ({
  user,
  signIn: (Password = PASSWORD) =>
    outcome((callbacks) =>
      user.authenticateUser(new AuthenticationDetails({ Username: typed, Password }), callbacks),
    ),
  signInByQuestions: () =>
    outcome((callbacks) => user.initiateAuth(new AuthenticationDetails({ Username: typed }), callbacks)),
  answerQuestion: (text: string) => outcome((callbacks) => user.sendCustomChallengeAnswer(text, callbacks)),
  answer: (code: string) => outcome((callbacks) => user.sendMFACode(code, callbacks)),
  remember: () => done<string>((callbacks) => user.setDeviceStatusRemembered(callbacks)),
  doNotRemember: () => done<string>((callbacks) => user.setDeviceStatusNotRemembered(callbacks)),
  forget: () => done<string>((callbacks) => user.forgetDevice(callbacks)),
  getDevice: () =>
    done<{ Device: { DeviceKey: string } }>((callbacks) =>
      user.getDevice({ ...callbacks, onSuccess: (value) => callbacks.onSuccess(value as never) }),
    ),
  listDevices: () =>
    done<{ Devices: { DeviceKey: string }[] }>((callbacks) =>
      user.listDevices(60, null as never, {
        ...callbacks,
        onSuccess: (value) => callbacks.onSuccess(value as never),
      }),
    ),
  refresh: () =>
    new Promise<CognitoUserSession>((resolve, reject) => {
      const session = user.getSignInUserSession();
      if (!session) throw new Error('Not signed in');
      user.refreshSession(session.getRefreshToken(), (error: unknown, refreshed: unknown) =>
        refreshed instanceof CognitoUserSession ? resolve(refreshed) : reject(error),
      );
    }),
});

export type IdentityUser = ReturnType<typeof withPromises>;
