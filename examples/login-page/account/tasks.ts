/** What a signed-in user does in a step of its own: changing the address, adding an authenticator app, deleting the account. */
import {
  associateSoftwareToken,
  deleteUser,
  setUserMfaPreference,
  updateUserAttributes,
  verifySoftwareToken,
  verifyUserAttribute,
} from 'cognito-srp-engine';
import { textOfDelivery } from 'cognito-srp-engine/texts';
import { authenticatorStep } from '../../../login-page/authenticator.ts';
import { element, focusFirst, paragraph, textButton } from '../../../login-page/dom.ts';
import { fieldOf } from '../../../login-page/fields.ts';
import { type FormStep, formStep } from '../../../login-page/form.ts';
import { type PageApp, type PageScreen, userOf } from '../page.ts';
import { callArguments, leaveIfSignedOut } from './account-part.ts';

/** What every such step has: the way back, and what happens if the session has ended meanwhile. */
const taskOf = (
  app: PageApp,
  leaving: AbortSignal,
): Pick<FormStep, 'texts' | 'leaving' | 'footer' | 'onFailure'> => ({
  texts: app.texts,
  leaving,
  footer: [textButton(app.texts.buttons.back, app.back)],
  onFailure: (_, error) => void leaveIfSignedOut(app, error),
});

const done = (app: PageApp) => app.go({ name: 'signed-in', notice: app.texts.notices.saved }, 'replace');

export const changeEmailScreen: PageScreen = (app, _, leaving) => {
  const { texts } = app;
  const place = element('div', { class: 'contents' });
  /** The ID token has the address, so the account shows the new one after a refresh. */
  const finish = async () => {
    await app.session.tokens({ refresh: true });
    done(app);
  };
  const askForCode = (sent: string) =>
    formStep({
      ...taskOf(app, leaving),
      heading: texts.account.changeEmail,
      lead: [paragraph(sent)],
      fields: [fieldOf('code', texts)],
      submit: texts.buttons.confirm,
      working: texts.working.checking,
      onSubmit: async ({ values: { code = '' }, signal }) => {
        const { pool, accessToken, options } = await callArguments({ app }, signal);
        await verifyUserAttribute(pool, { accessToken, attributeName: 'email', code }, options);
        await finish();
      },
    });
  place.append(
    formStep({
      ...taskOf(app, leaving),
      heading: texts.account.changeEmail,
      lead: [paragraph(texts.account.changeEmailHint)],
      fields: [fieldOf('email', texts)],
      submit: texts.buttons.sendCode,
      working: texts.working.sending,
      onSubmit: async ({ values: { email = '' }, signal }) => {
        const { pool, accessToken, options } = await callArguments({ app }, signal);
        const input = { accessToken, attributes: { email } };
        const { deliveries } = await updateUserAttributes(pool, input, options);
        const [delivery] = deliveries;
        // The pool may take the address as it is
        if (!delivery) return finish();
        place.replaceChildren(askForCode(textOfDelivery(delivery, texts)));
        focusFirst(place);
      },
    }),
  );
  return place;
};

export const addAuthenticatorScreen: PageScreen = (app, _, leaving) => {
  const account = app.kept.typedName.get() ?? userOf(app)?.username ?? '';
  return authenticatorStep({
    ...taskOf(app, leaving),
    username: account,
    load: async (signal) => {
      const { pool, accessToken, options } = await callArguments({ app }, signal);
      return associateSoftwareToken(pool, { accessToken, label: { issuer: app.name, account } }, options);
    },
    finish: async (given, signal) => {
      const { pool, accessToken, options } = await callArguments({ app }, signal);
      await verifySoftwareToken(pool, { accessToken, ...given }, options);
      await setUserMfaPreference(pool, { accessToken, softwareToken: 'preferred' }, options);
      done(app);
    },
  });
};

export const deleteAccountScreen: PageScreen = (app, _, leaving) => {
  const { texts } = app;
  return formStep({
    ...taskOf(app, leaving),
    heading: texts.account.deleteAccount,
    lead: [paragraph(texts.account.deleteAccountWarning)],
    ways: [{ way: 'delete', label: texts.buttons.deleteAccount }],
    working: texts.working.saving,
    onSubmit: async ({ signal }) => {
      const { pool, accessToken, options } = await callArguments({ app }, signal);
      await deleteUser(pool, { accessToken }, options);
      await app.session.signOut();
      app.kept.typedName.remove();
      app.kept.passkeyUser.remove();
      app.flow.restart();
      app.go({ name: 'sign-in', notice: texts.notices.accountDeleted }, 'replace');
    },
  });
};
