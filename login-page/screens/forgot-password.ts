/** A forgotten password: a code is sent, and the new password goes along with it. */
import { confirmForgotPassword, forgotPassword } from 'cognito-srp-engine';
import { textOfDelivery } from 'cognito-srp-engine/texts';
import { callOptions, type Screen } from '../app.ts';
import { codeField } from '../challenges/code.ts';
import { paragraph, textButton } from '../dom.ts';
import { formStep } from '../form.ts';
import { newPasswordField } from '../password-rules.ts';
import { passwordCredentials, thenSignIn } from '../then-sign-in.ts';
import { usernameLabel } from './sign-in.ts';

export const forgotPasswordScreen: Screen<'forgot-password'> = (app, { username, notice }, leaving) => {
  const { texts } = app;
  const { title, instruction } = texts.forgotPassword;
  return formStep({
    texts,
    heading: title,
    notice,
    lead: [paragraph(instruction)],
    leaving,
    fields: [
      {
        name: 'username',
        label: usernameLabel(app),
        autocomplete: 'username',
        value: username ?? app.kept.typedName.get(),
      },
    ],
    submit: texts.buttons.sendCode,
    onSubmit: async ({ values: { username: name = '' }, signal }) => {
      const { delivery } = await forgotPassword(
        app.pool.client,
        { username: name },
        callOptions(app, signal),
      );
      app.go({ name: 'reset-password', username: name, delivery });
    },
    footer: [textButton(texts.buttons.backToSignIn, () => app.go({ name: 'sign-in' }))],
  });
};

export const resetPasswordScreen: Screen<'reset-password'> = (app, { username, delivery }, leaving) => {
  const { texts } = app;
  const { title, instruction, noCode } = texts.resetPassword;
  const { field, list } = newPasswordField(app.pool.passwordPolicy, texts);
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(`${textOfDelivery(delivery, texts)} ${instruction}`)],
    leaving,
    username,
    fields: [codeField(texts), field],
    extra: [list],
    submit: texts.buttons.saveAndSignIn,
    onSubmit: async ({ values: { code = '', newPassword = '' }, signal }) => {
      const options = callOptions(app, signal);
      await confirmForgotPassword(app.pool.client, { username, code, newPassword }, options);
      const notice = texts.notices.passwordSaved;
      const credentials = passwordCredentials(app, username, newPassword);
      await thenSignIn(app, credentials, notice, { signal, leaving });
    },
    footer: [
      noCode,
      textButton(texts.buttons.sendAgain, () => app.go({ name: 'forgot-password', username }, 'replace')),
    ],
  });
};
