/** Creates an account, and asks for the code that confirms its address. */
import { textOfDelivery } from 'cognito-srp-engine/texts';
import { advanceCode } from '../app.ts';
import { paragraph, textButton } from '../dom.ts';
import { fieldOf, newPasswordField } from '../fields.ts';
import { formStep } from '../form.ts';
import type { Screen } from '../view.ts';

export const signUpScreen: Screen = (app, _, leaving) => {
  const { passwordPolicy, signUpAttributes, usernameIs } = app.pool;
  const { texts, signUp } = app;
  const { field, list, missing } = newPasswordField(passwordPolicy, texts, texts.fields.password);
  const asked = signUpAttributes.filter((name) => name !== usernameIs);
  return formStep({
    texts,
    heading: texts.signUp.title,
    leaving,
    fields: [
      usernameIs === undefined
        ? fieldOf('username', texts, { label: texts.fields.newUsername })
        : fieldOf(usernameIs, texts, { name: 'username', autocomplete: 'username' }),
      ...asked.map((name) => fieldOf(name, texts)),
      field,
    ],
    extra: [list],
    missing,
    submit: texts.buttons.signUp,
    working: texts.working.signUp,
    onSubmit: async ({ values, signal }) => {
      const { username = '', newPassword: password = '' } = values;
      const attributes = {
        ...Object.fromEntries(asked.map((name) => [name, values[name] ?? ''])),
        // A pool whose user names are addresses keeps the name as that attribute too
        ...(usernameIs !== undefined && { [usernameIs]: username }),
      };
      const turn = { signal, leaving, done: texts.notices.accountReady };
      const state = await advanceCode(app, signUp, turn, () =>
        signUp.start({ username, password, attributes }),
      );
      if (state.status === 'code-sent') app.go({ name: 'confirm-sign-up' }, 'replace');
    },
    footer: [texts.signUp.haveAccount, textButton(texts.buttons.signIn, () => app.go({ name: 'sign-in' }))],
  });
};

export const confirmSignUpScreen: Screen = (app, _, leaving) => {
  const { texts, signUp } = app;
  const state = signUp.getSnapshot();
  const { username = '', delivery, wasResent } = state.status === 'code-sent' ? state : {};
  const { title, instruction, withoutCode } = texts.confirmSignUp;
  const turn = { leaving, done: texts.notices.accountConfirmed };
  return formStep({
    texts,
    heading: title,
    notice: wasResent && texts.deliveries.sentAgain,
    lead: [paragraph(delivery ? `${textOfDelivery(delivery, texts)} ${instruction}` : withoutCode)],
    leaving,
    username,
    fields: [fieldOf('code', texts)],
    submit: texts.buttons.confirm,
    working: texts.working.checking,
    onSubmit: async ({ values: { code = '' }, signal }) => {
      await advanceCode(app, signUp, { ...turn, signal }, () => signUp.confirm(code));
    },
    footer: [
      {
        label: texts.buttons.sendAgain,
        work: async (signal) => {
          await advanceCode(app, signUp, { ...turn, signal }, signUp.resend);
          app.go({ name: 'confirm-sign-up' }, 'replace');
        },
      },
      textButton(texts.buttons.backToSignIn, () => app.go({ name: 'sign-in', username })),
    ],
  });
};
