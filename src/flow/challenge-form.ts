/** What a form has to ask for in a challenge, as plain data, and the answer that its values make. */
import type { FirstFactorOption } from '../cognito/sign-in/challenge-types.ts';
import { missingAttributes } from '../cognito/sign-in/challenge-types.ts';
import { type PasskeyRequest, passkeyRequest } from '../cognito/sign-in/passkey-json.ts';
import type { SignInFlow } from './sign-in-flow-types.ts';
import type { ChallengeState, SignInState } from './sign-in-state.ts';

/** What a form asks for. */
export interface ChallengeForm {
  /**
   * The names of the fields: `code`, `password`, `newPassword`, `answer`, `email`, or that of a required attribute such as
   * `given_name`. `textOfField` of `cognito-srp-engine/texts` has a label for each.
   */
  readonly fields: readonly string[];
  /** What the user can choose in place of the fields, by the service's names. `textOfFactor` has a label for each. */
  readonly choices: readonly string[];
  /** Whether the form can be sent without a choice. It is false if there are choices alone, or if there is no answer. */
  readonly canSubmit: boolean;
}

/** What a user has entered: field → value, and `choice` if one of the choices was taken. */
export type FormValues = Readonly<Record<string, string>>;

/** What {@link answerFromForm} needs for two of the challenges. */
export interface FormTools {
  /** How the authenticator app names your product or company. */
  readonly issuer: string;
  /** Asks for a passkey. Default: the browser's `navigator.credentials.get`. */
  readonly askForPasskey?:
    | ((request: CancellablePasskeyRequest) => Promise<object | null | undefined>)
    | undefined;
}

/** What `navigator.credentials.get` takes, with a signal that aborts when the user cancels. */
export interface CancellablePasskeyRequest extends PasskeyRequest {
  readonly signal: AbortSignal;
}

const form = (fields: readonly string[], choices: readonly string[] = [], canSubmit = fields.length > 0) => ({
  fields,
  choices,
  canSubmit,
});

/** The service names SRP first, so the password is not sent where both are offered. */
const isPassword = (option: FirstFactorOption): option is 'PASSWORD_SRP' | 'PASSWORD' =>
  option === 'PASSWORD_SRP' || option === 'PASSWORD';

/**
 * Says what a form has to ask for in a challenge.
 *
 * @param state the state of a sign-in flow
 * @returns the names of fields and choices. There are none if the user cannot answer: an administrator has to set up the
 *   second factor, or the challenge is newer than this package.
 * @example
 * ```ts
 * import { type ChallengeState, formOfChallenge } from 'cognito-srp-engine/flow';
 *
 * declare const state: ChallengeState;
 *
 * console.log(formOfChallenge(state).fields); // [ 'code' ]
 * ```
 */
export function formOfChallenge(state: ChallengeState): ChallengeForm {
  const { challenge, softwareToken } = state;
  switch (challenge.name) {
    case 'SMS_MFA':
    case 'SMS_OTP':
    case 'EMAIL_OTP':
    case 'SOFTWARE_TOKEN_MFA':
      return form(['code']);
    case 'PASSWORD':
    case 'PASSWORD_SRP':
    case 'ADMIN_NO_SRP_AUTH':
      return form(['password']);
    case 'SELECT_MFA_TYPE':
      return form([], challenge.options);
    case 'SELECT_CHALLENGE':
      return form(
        challenge.options.some(isPassword) ? ['password'] : [],
        challenge.options.filter((option) => !isPassword(option)),
      );
    case 'MFA_SETUP':
      if (softwareToken) return form(['code']);
      return form(
        challenge.options.filter((option) => option === 'EMAIL_OTP').map(() => 'email'),
        challenge.options.filter((option) => option === 'SOFTWARE_TOKEN_MFA'),
      );
    case 'NEW_PASSWORD_REQUIRED':
      return form(['newPassword', ...missingAttributes(challenge)]);
    case 'CUSTOM_CHALLENGE':
      return form(['answer']);
    case 'WEB_AUTHN':
      return form([], [], true);
    case 'UNKNOWN':
      return form([]);
  }
}

/**
 * Answers a challenge with what a form has. For the challenge MFA_SETUP with the choice of an authenticator app, it
 * fetches the secret first.
 *
 * @param flow the sign-in flow
 * @param state the state for which the form was shown. An answer to another challenge than the present one is ignored.
 * @param values what the user has entered
 * @param tools what an authenticator app and a passkey need
 * @returns the state that follows. It is the present one if the browser gave no passkey, or if there is no answer.
 * @throws what `askForPasskey` throws: `textOfPasskeyError` of `cognito-srp-engine/texts` says what it means. It is an error
 *   with the name `NotSupportedError` where there is no `navigator.credentials`.
 * @example
 * ```ts
 * import { answerFromForm, createSignInFlow } from 'cognito-srp-engine/flow';
 * import type { UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * const flow = createSignInFlow(pool);
 *
 * const state = await flow.start({ username: 'alice', password: 'correct horse battery staple' });
 * if (state.status === 'challenge') await answerFromForm(flow, state, { code: '123456' }, { issuer: 'Example' });
 * ```
 */
export async function answerFromForm(
  flow: SignInFlow,
  state: ChallengeState,
  values: FormValues,
  tools: FormTools,
): Promise<SignInState> {
  const { issuer, askForPasskey = askBrowser } = tools;
  const { challenge, softwareToken, username } = state;
  const value = (name: string): string => (Object.hasOwn(values, name) && values[name]) || '';
  switch (challenge.name) {
    case 'SMS_MFA':
    case 'SMS_OTP':
    case 'EMAIL_OTP':
    case 'SOFTWARE_TOKEN_MFA':
      return flow.answer(challenge, { code: value('code') });
    case 'PASSWORD':
    case 'PASSWORD_SRP':
    case 'ADMIN_NO_SRP_AUTH':
      return flow.answer(challenge, { password: value('password') });
    case 'SELECT_MFA_TYPE':
      return flow.answer(challenge, { choice: value('choice') });
    case 'SELECT_CHALLENGE': {
      const choice = value('choice') || (challenge.options.find(isPassword) ?? '');
      return flow.answer(
        challenge,
        isPassword(choice) ? { choice, password: value('password') } : { choice },
      );
    }
    case 'MFA_SETUP':
      if (softwareToken) return flow.answer(challenge, { code: value('code') });
      return value('choice') === 'SOFTWARE_TOKEN_MFA'
        ? flow.setUpSoftwareToken(challenge, { issuer, account: username })
        : flow.answer(challenge, { email: value('email') });
    case 'NEW_PASSWORD_REQUIRED': {
      const attributes = Object.fromEntries(missingAttributes(challenge).map((name) => [name, value(name)]));
      return flow.answer(challenge, { newPassword: value('newPassword'), attributes });
    }
    case 'CUSTOM_CHALLENGE':
      return flow.answer(challenge, { answer: value('answer') });
    case 'WEB_AUTHN':
      return flow.answer(challenge, async (signal) => {
        const credential = await askForPasskey({ ...passkeyRequest(challenge.requestOptions), signal });
        return credential ? { credential } : undefined;
      });
    case 'UNKNOWN':
      return flow.getSnapshot();
  }
}

async function askBrowser(request: CancellablePasskeyRequest): Promise<object | null> {
  const { navigator } = globalThis as { readonly navigator?: { readonly credentials?: PasskeySource } };
  if (navigator?.credentials) return navigator.credentials.get(request);
  // React Native has no DOMException
  const error = new Error('There is no navigator.credentials, so a passkey cannot be asked for');
  throw Object.assign(error, { name: 'NotSupportedError' });
}

/** As much of the browser's CredentialsContainer as is used. */
interface PasskeySource {
  readonly get: (request: CancellablePasskeyRequest) => Promise<object | null>;
}
