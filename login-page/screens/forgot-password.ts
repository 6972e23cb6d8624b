/** A forgotten password: a code is sent, and the new password goes along with it. */
import { textOfDelivery } from 'cognito-srp-engine/texts';
import { advanceCode } from '../app.ts';
import { paragraph, textButton } from '../dom.ts';
import { fieldOf, newPasswordField } from '../fields.ts';
import { formStep } from '../form.ts';
import type { Screen } from '../view.ts';
import { usernameField } from './sign-in.ts';

export const forgotPasswordScreen: Screen = (app, { username, notice }, leaving) => {
  const { texts, reset } = app;
  const { title, instruction } = texts.forgotPassword;
  return formStep({
    texts,
    heading: title,
    notice,
    lead: [paragraph(instruction)],
    leaving,
    fields: [usernameField(app, 'username', username)],
    submit: texts.buttons.sendCode,
    working: texts.working.sending,
    onSubmit: async ({ values: { username: name = '' }, signal }) => {
      const turn = { signal, leaving, done: '' };
      await advanceCode(app, reset, turn, () => reset.start({ username: name }));
      app.go({ name: 'reset-password' });
    },
    footer: [textButton(texts.buttons.backToSignIn, () => app.go({ name: 'sign-in' }))],
  });
};

export const resetPasswordScreen: Screen = (app, _, leaving) => {
  const { texts, reset } = app;
  const state = reset.getSnapshot();
  const { username = '', delivery, wasResent } = state.status === 'code-sent' ? state : {};
  const { title, instruction, noCode } = texts.resetPassword;
  const { field, list, missing } = newPasswordField(app.pool.passwordPolicy, texts);
  const turn = { leaving, done: texts.notices.passwordSaved };
  return formStep({
    texts,
    heading: title,
    notice: wasResent && texts.deliveries.sentAgain,
    lead: [paragraph(`${textOfDelivery(delivery, texts)} ${instruction}`)],
    leaving,
    username,
    fields: [fieldOf('code', texts), field],
    extra: [list],
    missing,
    submit: texts.buttons.saveAndSignIn,
    working: texts.working.saving,
    onSubmit: async ({ values: { code = '', newPassword = '' }, signal }) => {
      await advanceCode(app, reset, { ...turn, signal }, () => reset.confirm({ code, newPassword }));
    },
    footer: [
      noCode,
      {
        label: texts.buttons.sendAgain,
        work: async (signal) => {
          await advanceCode(app, reset, { ...turn, signal }, reset.resend);
          app.go({ name: 'reset-password' }, 'replace');
        },
      },
      textButton(texts.buttons.startAgain, () => app.go({ name: 'sign-in', username })),
    ],
  });
};
