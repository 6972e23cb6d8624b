/** The first screen: name and password, a passkey, or the choice of another way. */
import { type Credentials, ServiceError, signIn } from 'cognito-srp-engine';
import { type App, callOptions, passkeyUser, rememberedName, type Screen } from '../app.ts';
import { offerPasskey } from '../challenges/passkey.ts';
import { textButton } from '../dom.ts';
import { formStep } from '../form.ts';

export const signInScreen: Screen<'sign-in'> = (app, { username, notice }, leaving) => {
  const { flow } = app.pool;
  const typed = () => document.querySelector<HTMLInputElement>('#field-username')?.value.trim() ?? '';
  // One passkey request at a time: the offer in the field ends when a button is pressed
  const offering = new AbortController();
  const offeredTo = passkeyUser();
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
        value: username ?? rememberedName(),
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
            : flow === 'CUSTOM_AUTH'
              ? { flow, username: name, ...(password && { password }) }
              : { flow, username: name, password };
      try {
        await app.follow(await signIn(app.pool.client, credentials, callOptions(app, signal)), name);
      } catch (error) {
        if (!goesOn(app, error, name)) throw error;
      }
    },
    footer: ['New here?', textButton('Create an account', () => app.go({ name: 'sign-up' }))],
  });
};

/** Some refusals are the beginning of another way. */
function goesOn(app: App, error: unknown, username: string): boolean {
  const recovery = error instanceof ServiceError ? error.recovery : undefined;
  if (recovery === 'confirm-sign-up') app.go({ name: 'confirm-sign-up', username });
  else if (recovery === 'reset-password') app.go({ name: 'forgot-password', username });
  else return false;
  return true;
}
