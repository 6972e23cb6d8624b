/** The first screen: it asks for name and password, and offers a passkey or another way to sign in. */
import { type Credentials, signIn } from 'cognito-srp-engine';
import { callOptions, follow, goesOn, type Screen } from '../app.ts';
import { offerPasskey } from '../challenges/passkey.ts';
import { textButton } from '../dom.ts';
import { formStep } from '../form.ts';
import { passwordCredentials } from '../then-sign-in.ts';

export const signInScreen: Screen<'sign-in'> = (app, { username, notice }, leaving) => {
  const { flow } = app.pool;
  const typed = () => document.querySelector<HTMLInputElement>('#field-username')?.value.trim() ?? '';
  // Browsers allow one passkey request at a time, so the offer in the field ends when a button is pressed
  const offering = new AbortController();
  const offeredTo = app.kept.passkeyUser.get();
  if (offeredTo !== undefined) void offerPasskey(app, offeredTo, AbortSignal.any([leaving, offering.signal]));

  return formStep({
    heading: 'Sign in',
    notice,
    leaving,
    fields: [
      {
        name: 'username',
        label: 'User name, e-mail or phone',
        autocomplete: 'username webauthn',
        value: username ?? app.kept.typedName.get(),
      },
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
    ],
    extra: [
      textButton('Forgot your password?', () => {
        app.go({ name: 'forgot-password', ...(typed() && { username: typed() }) });
      }),
    ],
    submit: 'Sign in',
    ways: [
      ...('PublicKeyCredential' in window ? [{ way: 'passkey', label: 'Sign in with a passkey' }] : []),
      { way: 'choose', label: 'Other ways to sign in' },
    ],
    optionalFor: (way) => (way === '' && flow !== 'CUSTOM_AUTH' ? [] : ['password']),
    onSubmit: async ({ values: { username: name = '', password = '' }, way, signal }) => {
      offering.abort();
      const credentials: Credentials =
        way === 'passkey'
          ? { flow: 'USER_AUTH', username: name, preferredChallenge: 'WEB_AUTHN' }
          : way === 'choose'
            ? { flow: 'USER_AUTH', username: name }
            : passwordCredentials(app, name, password);
      try {
        await follow(app, await signIn(app.pool.client, credentials, callOptions(app, signal)), name);
      } catch (error) {
        if (!goesOn(app, error, name)) throw error;
      }
    },
    footer: ['New here?', textButton('Create an account', () => app.go({ name: 'sign-up' }))],
  });
};
