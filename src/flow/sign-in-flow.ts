/** A sign-in as something a view can follow: its state, and the functions that lead to the next one. */
import { type CallOptions, currentTime, DEFAULT_TIMEOUT_MS } from '../cognito/client/call-options.ts';
import { withTimeout } from '../cognito/client/time-limit.ts';
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { confirmNewDevice, updateDeviceStatus } from '../cognito/devices/tracked-devices.ts';
import type { AnswerTo, Challenge, ChallengeName, ChallengeOf } from '../cognito/sign-in/challenge-types.ts';
import type { Credentials } from '../cognito/sign-in/flows.ts';
import { respond, signIn } from '../cognito/sign-in/sign-in.ts';
import type { SignInOptions } from '../cognito/sign-in/sign-in-attempt.ts';
import type { SoftwareTokenLabel } from '../cognito/sign-in/software-token-setup.ts';
import { startSoftwareTokenSetup } from '../cognito/sign-in/start-software-token-setup.ts';
import type { SignedIn, Step } from '../cognito/sign-in/step.ts';
import { isUselessDevice } from '../cognito/sign-in/stored-device.ts';
import { checkStorage } from '../cognito/tokens/key-value-storage.ts';
import { ProtocolError, ServiceError } from '../errors.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { requireObject } from '../required-input.ts';
import { canAnswerAgain, canSendAgain, isSameQuestion, withoutRemarks } from './challenge-outcome.ts';
import { createWorkplace, isRestoring, type WorkControl } from './followed-state.ts';
import { type KeptSignIn, keptSignIn, sessionExpired } from './kept-sign-in.ts';
import { isLater, keepState, storageKey } from './kept-state.ts';
import { type AskForPasskey, type KeptOffer, keepPasskeyOffer } from './passkey-offer.ts';
import type { AskForAnswer, SignInFlow, SignInFlowInput, SignInFlowOptions } from './sign-in-flow-types.ts';
import type {
  ChallengeState,
  DeviceQuestionState,
  RestingSignInState,
  SignedInState,
  SignInState,
  SignInWork,
} from './sign-in-state.ts';

/**
 * Creates a sign-in that a view can follow.
 *
 * @param pool the user pool and its app client
 * @param input where tokens and state are kept
 * @param options how requests are sent
 * @returns the flow. It sends nothing before one of its functions is called, except that an asynchronous `storage` and the
 *   `store` are read.
 * @throws ArgumentError OPTION_INVALID if `storage` lacks a method
 * @example
 * ```ts
 * import { createUserStore, type UserPoolClient, webStorage } from 'cognito-srp-engine';
 * import { createSignInFlow } from 'cognito-srp-engine/flow';
 *
 * declare const pool: UserPoolClient;
 * declare const password: string;
 *
 * const flow = createSignInFlow(pool, {
 *   store: createUserStore(webStorage(() => localStorage), pool),
 *   storage: webStorage(() => sessionStorage),
 * });
 * flow.subscribe((state) => console.log(state.status));
 * const state = await flow.start({ username: 'alice', password });
 * if (state.status === 'challenge' && state.challenge.name === 'SMS_MFA') {
 *   await flow.answer(state.challenge, { code: '123456' });
 * }
 * ```
 */
export function createSignInFlow(
  pool: UserPoolClient,
  input: SignInFlowInput = {},
  options: SignInFlowOptions = {},
): SignInFlow {
  const { store, storage, device = store?.device, deviceName } = input;
  requireObject(pool, 'pool');
  if (storage) checkStorage(storage);
  const now = () => currentTime(options);
  const kept = storage && keepState(storage, storageKey(pool, 'sign-in'), keptSignIn(pool, now));
  let offer: KeptOffer | undefined;

  const place = createWorkplace<RestingSignInState, SignInWork>({ status: 'idle' }, (state, isNew) => {
    if (state && isNew) kept?.write(state);
    offer?.show(isFirstForm(state));
  });
  const callOptions = (signal: AbortSignal): SignInOptions => ({ ...options, signal, device });

  /** The state for a step of the engine. */
  async function follow(
    step: Step,
    username: string,
    { signal, passPointOfNoReturn }: WorkControl,
    {
      canResend,
      before,
    }: { readonly canResend: (challenge: Challenge) => boolean; readonly before?: Challenge },
  ): Promise<RestingSignInState> {
    // Before anything is awaited: whoever cancels from now on would have the tokens stored all the same
    if (step.status === 'signed-in') passPointOfNoReturn();
    if (step.deviceProblem && isUselessDevice(step.deviceProblem.code)) {
      const { username: found } = step.status === 'signed-in' ? step : step.challenge;
      await removeDevice(found, username, signal);
    }
    if (step.status === 'signed-in') return enter(step, username, signal);
    const { challenge, deviceProblem } = step;
    return omitUndefined({
      status: 'challenge' as const,
      challenge,
      username,
      canResend: canResend(challenge),
      deviceProblem,
      wasWrong: before && isSameQuestion(before, challenge) ? (true as const) : undefined,
    });
  }

  /** Confirms the device, because the tokens could not be refreshed otherwise, and stores both. */
  async function enter(step: SignedIn, username: string, signal: AbortSignal): Promise<RestingSignInState> {
    const confirmed = await confirmDeviceOf(step, signal);
    if (signal.aborted) throw signal.reason;
    const storeError = await failureOf(() => store?.save(confirmed, username), signal);
    if (signal.aborted) {
      // The store does one thing after the other, so this follows the save, and comes before that of another sign-in
      void failureOf(() => store?.signOut(confirmed.username));
      throw signal.reason;
    }
    const { device: newDevice, userConfirmationNecessary, deviceProblem } = confirmed;
    const common = omitUndefined({ username, step: confirmed, storeError, deviceProblem });
    return newDevice && userConfirmationNecessary
      ? { status: 'device-question', deviceKey: newDevice.key, ...common }
      : { status: 'signed-in', ...common };
  }

  /** Tries twice, the second time with the same password. The user is signed in even if the device cannot be confirmed. */
  async function confirmDeviceOf(step: SignedIn, signal: AbortSignal): Promise<SignedIn> {
    try {
      const confirm = (next: SignedIn) =>
        confirmNewDevice(pool, next, { deviceName }, { ...options, signal });
      const first = await confirm(step);
      const confirmed = first.newDevice ? await confirm(first) : first;
      // The new device takes the place of one that may have been good, which the user is to know
      const { deviceProblem } = step;
      return deviceProblem?.code === 'DEVICE_UNREADABLE' ? { deviceProblem, ...confirmed } : confirmed;
    } catch (error) {
      // An option that cannot be right, such as a missing source of randomness
      const message = error instanceof Error ? error.message : String(error);
      return { ...step, deviceProblem: { code: 'CONFIRMATION_FAILED', message } };
    }
  }

  /**
   * Removes the device that the sign-in has found. It would be refused at the next one, too.
   *
   * @param username the user, as far as the service has named them
   * @param typed what a library may have kept the device under. The sign-in looks there first.
   */
  const removeDevice = (username: string, typed: string, signal: AbortSignal) =>
    failureOf(async () => {
      const found = await store?.device(typed);
      const isOfUser = found && (found.username ?? username) === username;
      await store?.removeDevice(isOfUser ? typed : username);
    }, signal);

  /** What a storage failed with. One that does not answer has the time of a request. */
  async function failureOf(work: () => Promise<void> | undefined, signal?: AbortSignal): Promise<unknown> {
    const { timeoutMs: ms = DEFAULT_TIMEOUT_MS } = options;
    const onTimeout = () =>
      new ProtocolError('TIMED_OUT', 'The store did not answer in time', { recovery: 'try-later' });
    try {
      await withTimeout(work, { ms, signal, onTimeout });
      return undefined;
    } catch (error) {
      return error ?? new Error('The storage failed');
    }
  }

  /** The state after an error: the same challenge, if it can be answered again, or the end of this sign-in. */
  async function fail(
    error: unknown,
    username: string,
    { signal }: WorkControl,
    asked?: ChallengeState,
  ): Promise<RestingSignInState> {
    if (signal.aborted) throw error;
    const isDevice =
      error instanceof ServiceError && (error.code === 'DEVICE_REFUSED' || error.code === 'DEVICE_NOT_FOUND');
    if (isDevice) await removeDevice(asked?.challenge.username ?? username, username, signal);
    return asked && canAnswerAgain(error, asked)
      ? { ...withoutRemarks(asked), error }
      : { status: 'failed', error, username };
  }

  const start = (credentials: Credentials) => {
    // Whoever starts does not wait for what an asynchronous storage may have
    if (isRestoring(place.getSnapshot())) place.stop();
    return place.work('starting', async (control) => {
      const username = String(credentials?.username ?? '');
      const preferred =
        credentials?.flow === 'USER_AUTH' && !credentials.accessToken && credentials.preferredChallenge;
      const canResend = (next: Challenge) => canSendAgain(next, preferred);
      try {
        const step = await signIn(pool, credentials, callOptions(control.signal));
        return await follow(step, username, control, { canResend });
      } catch (error) {
        return fail(error, username, control);
      }
    });
  };

  function answer<Name extends ChallengeName>(
    challenge: ChallengeOf<Name>,
    given: AnswerTo<{ readonly name: Name }> | AskForAnswer<Name>,
  ): Promise<SignInState> {
    const asked = askedFor(challenge);
    if (!asked) return ignored();
    const { username } = asked;
    return place.work('answering', async (control) => {
      if (asked.challenge.expiresAt <= now()) return { status: 'failed', error: sessionExpired(), username };
      const found = typeof given === 'function' ? await (given as AskForAnswer<Name>)(control.signal) : given;
      if (control.signal.aborted) throw control.signal.reason;
      if (typeof given === 'function' && found === undefined) return asked;
      // The name and the answer belong together, which the compiler does not see
      const answered = found as AnswerTo<{ readonly name: Name }>;
      const choice =
        challenge.name === 'SELECT_CHALLENGE'
          ? (answered as { readonly choice: string } | undefined)?.choice
          : undefined;
      try {
        const step = await respond<Name>(pool, challenge, answered, callOptions(control.signal));
        const canResend = (next: Challenge) => canSendAgain(next, choice);
        return await follow(step, username, control, { canResend, before: asked.challenge });
      } catch (error) {
        return fail(error, username, control, asked);
      }
    });
  }

  /** What a call that does not fit the state gives back: the state that follows without it. */
  const ignored = async (): Promise<SignInState> => place.underWay() ?? place.getSnapshot();

  /** The state, if it asks this challenge. A copy of the challenge counts as the same. */
  function askedFor(challenge: ChallengeOf<ChallengeName>): ChallengeState | undefined {
    const state = place.getSnapshot();
    if (state.status !== 'challenge') return undefined;
    const { name, session } = state.challenge;
    return name === challenge?.name && session === challenge.session ? state : undefined;
  }

  const resend = async (): Promise<SignInState> => {
    const state = place.getSnapshot();
    if (state.status !== 'challenge' || !state.canResend) return ignored();
    const { username, challenge } = state;
    const preferredChallenge = challenge.name === 'SMS_OTP' ? 'SMS_OTP' : 'EMAIL_OTP';
    return place.work('resending', async (control) => {
      const credentials = { flow: 'USER_AUTH', username, preferredChallenge } as const;
      try {
        const step = await signIn(pool, credentials, callOptions(control.signal));
        const canResend = ({ name }: Challenge) => name === preferredChallenge;
        const next = await follow(step, username, control, { canResend });
        return next.status === 'challenge' && next.canResend ? { ...next, wasResent: true } : next;
      } catch (error) {
        return fail(error, username, control, state);
      }
    });
  };

  const setUpSoftwareToken = async (
    challenge: ChallengeOf<'MFA_SETUP'>,
    label: SoftwareTokenLabel,
  ): Promise<SignInState> => {
    const asked = askedFor(challenge);
    if (!asked) return ignored();
    return place.work('setting-up', async (control) => {
      try {
        const setup = await startSoftwareTokenSetup(pool, challenge, label, {
          ...options,
          signal: control.signal,
        });
        const { challenge: renewed, ...softwareToken } = setup;
        return { ...withoutRemarks(asked), challenge: renewed, softwareToken };
      } catch (error) {
        return fail(error, asked.username, control, asked);
      }
    });
  };

  const rememberDevice = async (isRemembered: boolean): Promise<SignInState> => {
    const state = place.getSnapshot();
    if (state.status !== 'device-question') return ignored();
    return place.work('remembering', async ({ signal }) => {
      if (!isRemembered) return signedInAfter(state);
      const { deviceKey, step } = state;
      const update = { accessToken: step.tokens.accessToken, deviceKey, status: 'remembered' } as const;
      try {
        await updateDeviceStatus(pool, update, { ...(options satisfies CallOptions), signal });
        return signedInAfter(state);
      } catch (error) {
        if (signal.aborted) throw error;
        return { ...state, error };
      }
    });
  };

  function offerPasskey(username: string, ask: AskForPasskey): () => void {
    const credentials = { flow: 'USER_AUTH', username, preferredChallenge: 'WEB_AUTHN' } as const;
    const made = keepPasskeyOffer({
      ask,
      now,
      begin: (signal) => signIn(pool, credentials, callOptions(signal)),
      choose: (challenge, credential) =>
        void place.work('answering', async (control) => {
          try {
            const step = await respond(pool, challenge, { credential }, callOptions(control.signal));
            return await follow(step, username, control, { canResend: () => false });
          } catch (error) {
            return fail(error, username, control);
          }
        }),
    });
    offer?.end();
    offer = made;
    made.show(isFirstForm(place.getSnapshot()));
    return made.end;
  }

  /** The state that a kept one stands for. The tokens of a device question are in the store. */
  async function restored(found: KeptSignIn): Promise<RestingSignInState> {
    if (found.status !== 'device-question') return found;
    const { username, deviceKey, storedName } = found;
    const user = await store?.load(storedName).catch(() => undefined);
    if (!user) return { status: 'idle', username };
    return { status: 'device-question', username, deviceKey, step: { status: 'signed-in', ...user } };
  }

  const found = kept?.read();
  if (found && !isLater(found) && found.status !== 'device-question') place.stop(found);
  else if (found) {
    void place.work('restoring', async () => {
      const state = await found;
      return state ? restored(state) : { status: 'idle' };
    });
  }

  return {
    subscribe: place.subscribe,
    getSnapshot: place.getSnapshot,
    start,
    answer,
    resend,
    setUpSoftwareToken,
    rememberDevice,
    cancel: () => void place.stop(),
    restart: () => {
      const { username } = place.resting() as { readonly username?: string };
      place.abandon(omitUndefined({ status: 'idle' as const, username }));
    },
    offerPasskey,
  };
}

/** @param state undefined while work is under way */
const isFirstForm = (state: SignInState | undefined): boolean =>
  state?.status === 'idle' || state?.status === 'failed';

const signedInAfter = ({ username, step, storeError, deviceProblem }: DeviceQuestionState): SignedInState =>
  omitUndefined({ status: 'signed-in' as const, username, step, storeError, deviceProblem });
