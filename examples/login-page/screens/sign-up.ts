/** Creates an account, and asks for the code that confirms its address. */
import { confirmSignUp, resendConfirmationCode, signUp } from 'cognito-srp-engine';
import { callOptions, type Screen } from '../app.ts';
import { codeField, sentTo } from '../challenges/code.ts';
import { element, paragraph, textButton } from '../dom.ts';
import { formStep } from '../form.ts';
import { newPasswordField } from '../password-rules.ts';
import { passwordCredentials, thenSignIn } from '../then-sign-in.ts';

const READY = 'Your account is ready. You can sign in now.';
const CONFIRMED = 'Your account is confirmed. You can sign in now.';

export const signUpScreen: Screen<'sign-up'> = (app, _, leaving) => {
  const { field, list } = newPasswordField(app.pool.passwordPolicy);
  return formStep({
    heading: 'Create an account',
    leaving,
    fields: [
      { name: 'username', label: 'User name', autocomplete: 'username' },
      { name: 'givenName', label: 'First name', autocomplete: 'given-name' },
      { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email' },
      { ...field, label: 'Password' },
    ],
    extra: [list],
    submit: 'Create account',
    onSubmit: async ({ values, signal }) => {
      const { username = '', givenName = '', email = '', newPassword: password = '' } = values;
      const options = callOptions(app, signal);
      const attributes = { email, given_name: givenName };
      const { confirmed, delivery, session } = await signUp(
        app.pool.client,
        { username, password, attributes },
        options,
      );
      if (confirmed) {
        const credentials = passwordCredentials(app, username, password);
        await thenSignIn(app, credentials, READY, { signal, leaving });
      } else app.go({ name: 'confirm-sign-up', username, delivery, session }, 'replace');
    },
    footer: ['Have an account?', textButton('Sign in', () => app.go({ name: 'sign-in' }))],
  });
};

export const confirmSignUpScreen: Screen<'confirm-sign-up'> = (app, view, leaving) => {
  const { username, session, delivery } = view;
  const lead = element(
    'div',
    {},
    delivery
      ? paragraph(`We have sent a code ${sentTo(delivery)}, to confirm that it is yours.`)
      : paragraph('This account is not confirmed yet. Enter the code we sent you, or have a new one sent.'),
  );
  return formStep({
    heading: 'Confirm your account',
    lead: [lead],
    leaving,
    username,
    fields: [codeField()],
    submit: 'Confirm',
    ways: [{ way: 'resend', label: 'Send a new code' }],
    optionalFor: (way) => (way === 'resend' ? ['code'] : []),
    onSubmit: async ({ values: { code = '' }, way, signal }) => {
      const options = callOptions(app, signal);
      if (way === 'resend') {
        const sent = await resendConfirmationCode(app.pool.client, { username }, options);
        lead.replaceChildren(
          element('p', { role: 'status' }, `A new code is on its way ${sentTo(sent.delivery)}.`),
        );
        return;
      }
      const input = { username, code, ...(session !== undefined && { session }) };
      const confirmed = await confirmSignUp(app.pool.client, input, options);
      if (confirmed.session === undefined) {
        app.go({ name: 'sign-in', username, notice: CONFIRMED }, 'replace');
        return;
      }
      const credentials = { flow: 'USER_AUTH', username, session: confirmed.session } as const;
      await thenSignIn(app, credentials, CONFIRMED, { signal, leaving });
    },
    footer: [textButton('Back to sign in', () => app.go({ name: 'sign-in', username }))],
  });
};
