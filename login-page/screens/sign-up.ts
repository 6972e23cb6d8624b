/** Creates an account, and asks for the code that confirms its address. */
import { confirmSignUp, resendConfirmationCode, signUp } from 'cognito-srp-engine';
import { textOfDelivery } from 'cognito-srp-engine/texts';
import { callOptions, type Screen } from '../app.ts';
import { attributeField, givenAttributes } from '../attribute-fields.ts';
import { codeField } from '../challenges/code.ts';
import { element, paragraph, textButton } from '../dom.ts';
import { formStep } from '../form.ts';
import { newPasswordField } from '../password-rules.ts';
import { passwordCredentials, thenSignIn } from '../then-sign-in.ts';

export const signUpScreen: Screen<'sign-up'> = (app, _, leaving) => {
  const { passwordPolicy, signUpAttributes, usernameIs } = app.pool;
  const { texts } = app;
  const { title, haveAccount } = texts.signUp;
  const { field, list } = newPasswordField(passwordPolicy, texts);
  const asked = signUpAttributes.filter((name) => name !== usernameIs);
  return formStep({
    texts,
    heading: title,
    leaving,
    fields: [
      usernameIs === undefined
        ? { name: 'username', label: texts.fields.newUsername, autocomplete: 'username' }
        : { ...attributeField(usernameIs, texts), name: 'username', autocomplete: 'username' },
      ...asked.map((name) => attributeField(name, texts)),
      { ...field, label: texts.fields.password },
    ],
    extra: [list],
    submit: texts.buttons.signUp,
    onSubmit: async ({ values, signal }) => {
      const { username = '', newPassword: password = '' } = values;
      const options = callOptions(app, signal);
      const attributes = {
        ...givenAttributes(asked, values),
        // A pool whose user names are addresses keeps the name as that attribute too
        ...(usernameIs !== undefined && { [usernameIs]: username }),
      };
      const { confirmed, delivery, session } = await signUp(
        app.pool.client,
        { username, password, attributes },
        options,
      );
      if (confirmed) {
        const credentials = passwordCredentials(app, username, password);
        await thenSignIn(app, credentials, texts.notices.accountReady, { signal, leaving });
      } else app.go({ name: 'confirm-sign-up', username, delivery, session }, 'replace');
    },
    footer: [haveAccount, textButton(texts.buttons.signIn, () => app.go({ name: 'sign-in' }))],
  });
};

export const confirmSignUpScreen: Screen<'confirm-sign-up'> = (app, view, leaving) => {
  const { username, session, delivery } = view;
  const { texts } = app;
  const { title, instruction, withoutCode } = texts.confirmSignUp;
  const lead = element(
    'div',
    {},
    delivery ? paragraph(`${textOfDelivery(delivery, texts)} ${instruction}`) : paragraph(withoutCode),
  );
  return formStep({
    texts,
    heading: title,
    lead: [lead],
    leaving,
    username,
    fields: [codeField(texts)],
    submit: texts.buttons.confirm,
    ways: [{ way: 'resend', label: texts.buttons.sendAgain }],
    optionalFor: (way) => (way === 'resend' ? ['code'] : []),
    onSubmit: async ({ values: { code = '' }, way, signal }) => {
      const options = callOptions(app, signal);
      if (way === 'resend') {
        const sent = await resendConfirmationCode(app.pool.client, { username }, options);
        lead.replaceChildren(element('p', { role: 'status' }, textOfDelivery(sent.delivery, texts)));
        return;
      }
      const input = { username, code, ...(session !== undefined && { session }) };
      const confirmed = await confirmSignUp(app.pool.client, input, options);
      if (confirmed.session === undefined) {
        app.go({ name: 'sign-in', username, notice: texts.notices.accountConfirmed }, 'replace');
        return;
      }
      const credentials = { flow: 'USER_AUTH', username, session: confirmed.session } as const;
      await thenSignIn(app, credentials, texts.notices.accountConfirmed, { signal, leaving });
    },
    footer: [textButton(texts.buttons.backToSignIn, () => app.go({ name: 'sign-in', username }))],
  });
};
