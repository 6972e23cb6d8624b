/** A forgotten password: a code is sent, and the new password goes along with it. */
import { confirmForgotPassword, forgotPassword } from 'cognito-srp-engine';
import { callOptions, type Screen } from '../app.ts';
import { codeField, sentTo } from '../challenges/code.ts';
import { paragraph, textButton } from '../dom.ts';
import { formStep } from '../form.ts';
import { newPasswordField } from '../password-rules.ts';
import { passwordCredentials, thenSignIn } from '../then-sign-in.ts';

export const forgotPasswordScreen: Screen<'forgot-password'> = (app, { username, notice }, leaving) =>
  formStep({
    heading: 'Reset your password',
    notice,
    lead: [paragraph('Tell us who you are, and we send a code to your e-mail address or phone.')],
    leaving,
    fields: [
      {
        name: 'username',
        label: 'User name, e-mail or phone',
        autocomplete: 'username',
        value: username ?? app.kept.typedName.get(),
      },
    ],
    submit: 'Send a code',
    onSubmit: async ({ values: { username: name = '' }, signal }) => {
      const { delivery } = await forgotPassword(
        app.pool.client,
        { username: name },
        callOptions(app, signal),
      );
      app.go({ name: 'reset-password', username: name, delivery });
    },
    footer: [textButton('Back to sign in', () => app.go({ name: 'sign-in' }))],
  });

export const resetPasswordScreen: Screen<'reset-password'> = (app, { username, delivery }, leaving) => {
  const { field, list } = newPasswordField(app.pool.passwordPolicy);
  return formStep({
    heading: 'Choose a new password',
    lead: [paragraph(`We have sent a code ${sentTo(delivery)}. Enter it with your new password.`)],
    leaving,
    username,
    fields: [codeField(), field],
    extra: [list],
    submit: 'Save and sign in',
    onSubmit: async ({ values: { code = '', newPassword = '' }, signal }) => {
      const options = callOptions(app, signal);
      await confirmForgotPassword(app.pool.client, { username, code, newPassword }, options);
      const notice = 'Your new password is saved. You can sign in with it.';
      const credentials = passwordCredentials(app, username, newPassword);
      await thenSignIn(app, credentials, notice, { signal, leaving });
    },
    footer: [
      'No code?',
      textButton('Send another one', () => app.go({ name: 'forgot-password', username }, 'replace')),
    ],
  });
};
