/** The first screen: it asks for name and password, and offers a passkey or another way to sign in. */
import type { Credentials } from 'cognito-srp-engine';
import type { SignInState } from 'cognito-srp-engine/flow';
import { type App, advance, follow, passwordCredentials } from '../app.ts';
import { textButton } from '../dom.ts';
import { fieldOf } from '../fields.ts';
import { type Field, formStep } from '../form.ts';
import type { Screen } from '../view.ts';

/** Asks who it is, by what the pool takes as a name. */
export const usernameField = (app: App, autocomplete: string, value?: string): Field =>
  fieldOf(app.pool.usernameIs ?? 'username', app.texts, {
    name: 'username',
    type: 'text',
    autocomplete,
    value: value ?? app.kept.typedName.get(),
  });

export const signInScreen: Screen = (app, { username, notice }, leaving) => {
  const { texts, flow, kept, pool } = app;
  const typed = () => document.querySelector<HTMLInputElement>('#field-username')?.value.trim() ?? '';
  const offeredTo = kept.passkeyUser.get();
  if (offeredTo !== undefined) void offerPasskey(app, offeredTo, leaving);

  return formStep({
    texts,
    heading: texts.signIn.title,
    notice,
    leaving,
    fields: [usernameField(app, 'username webauthn', username), fieldOf('password', texts)],
    extra: [
      textButton(texts.signIn.forgotPassword, () => {
        app.go({ name: 'forgot-password', ...(typed() && { username: typed() }) });
      }),
    ],
    submit: texts.buttons.signIn,
    working: texts.working.signIn,
    ways: [
      ...(pool.hasOtherFactors && 'PublicKeyCredential' in window
        ? [{ way: 'passkey', label: texts.signIn.withPasskey }]
        : []),
      ...(pool.hasOtherFactors ? [{ way: 'choose', label: texts.signIn.otherWays }] : []),
    ],
    optionalFor: (way) => (way === '' && pool.flow !== 'CUSTOM_AUTH' ? [] : ['password']),
    onSubmit: ({ values: { username: name = '', password = '' }, way, signal }) => {
      const credentials: Credentials =
        way === 'passkey'
          ? { flow: 'USER_AUTH', username: name, preferredChallenge: 'WEB_AUTHN' }
          : way === 'choose'
            ? { flow: 'USER_AUTH', username: name }
            : passwordCredentials(pool, name, password);
      // The service answers a wish that it cannot fulfil with a choice, without a word about the wish
      const unavailable = (state: SignInState) =>
        way === 'passkey' && state.status === 'challenge' && state.challenge.name !== 'WEB_AUTHN'
          ? texts.signIn.passkeyUnavailable
          : undefined;
      return advance(app, signal, () => flow.start(credentials), unavailable);
    },
    ...(pool.hasSignUp && {
      footer: [texts.signIn.newHere, textButton(texts.signUp.title, () => app.go({ name: 'sign-up' }))],
    }),
  });
};

/**
 * Offers the passkey of a user among the browser's suggestions for the name field. It shows no error, because a user
 * who does not take the offer can sign in by the form.
 */
async function offerPasskey(app: App, username: string, leaving: AbortSignal): Promise<void> {
  const { PublicKeyCredential: passkeys } = window as { PublicKeyCredential?: typeof PublicKeyCredential };
  if (!(await passkeys?.isConditionalMediationAvailable?.().catch(() => false)) || leaving.aborted) return;
  const end = app.flow.offerPasskey(username, (request) => navigator.credentials.get(request));
  let isTaken = false;
  const unsubscribe = app.flow.subscribe((state) => {
    // The form answers no challenge, so an answer is that to the offer
    if (state.status === 'working') isTaken = state.work === 'answering';
    else if (isTaken) void follow(app, state).catch(() => undefined);
  });
  leaving.addEventListener('abort', () => {
    unsubscribe();
    end();
  });
}
