/** The first screen: it asks for name and password, and offers a passkey or another way to sign in. */
import { type Credentials, signIn } from 'cognito-srp-engine';
import { type App, callOptions, follow, goesOn, type Screen } from '../app.ts';
import { offerPasskey } from '../challenges/passkey.ts';
import { passwordField } from '../challenges/password.ts';
import { textButton } from '../dom.ts';
import { formStep } from '../form.ts';
import { passwordCredentials } from '../then-sign-in.ts';

/** What a user types to say who it is. */
export const usernameLabel = ({ pool: { usernameIs }, texts }: App): string =>
  usernameIs === undefined ? texts.fields.username : texts.attributes[usernameIs];

export const signInScreen: Screen<'sign-in'> = (app, { username, notice }, leaving) => {
  const { texts } = app;
  const { flow, hasSignUp, hasOtherFactors } = app.pool;
  const typed = () => document.querySelector<HTMLInputElement>('#field-username')?.value.trim() ?? '';
  // Browsers allow one passkey request at a time, so the offer in the field ends when a button is pressed
  const offering = new AbortController();
  const offeredTo = app.kept.passkeyUser.get();
  if (offeredTo !== undefined) void offerPasskey(app, offeredTo, AbortSignal.any([leaving, offering.signal]));

  return formStep({
    texts,
    heading: texts.signIn.title,
    notice,
    leaving,
    fields: [
      {
        name: 'username',
        label: usernameLabel(app),
        autocomplete: 'username webauthn',
        value: username ?? app.kept.typedName.get(),
      },
      passwordField(texts),
    ],
    extra: [
      textButton(texts.signIn.forgotPassword, () => {
        app.go({ name: 'forgot-password', ...(typed() && { username: typed() }) });
      }),
    ],
    submit: texts.buttons.signIn,
    ways: [
      ...(hasOtherFactors && 'PublicKeyCredential' in window
        ? [{ way: 'passkey', label: texts.signIn.withPasskey }]
        : []),
      ...(hasOtherFactors ? [{ way: 'choose', label: texts.signIn.otherWays }] : []),
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
    ...(hasSignUp && {
      footer: [texts.signIn.newHere, textButton(texts.signUp.title, () => app.go({ name: 'sign-up' }))],
    }),
  });
};
