/** MFA_SETUP: sets up an authenticator app by QR code or typed secret, or an e-mail address. */
import { type ChallengeOf, startSoftwareTokenSetup } from 'cognito-srp-engine';
import { fill, type Texts, textOfChallenge } from 'cognito-srp-engine/texts';
import { renderSVG } from 'uqr';
import { type App, answer, callOptions } from '../app.ts';
import { attributeField } from '../attribute-fields.ts';
import { element, paragraph, textButton } from '../dom.ts';
import { formStep } from '../form.ts';
import { keepView } from '../view.ts';
import { messageRegions, run } from '../work.ts';
import { factorButton } from './choose.ts';
import { codeField } from './code.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

/** The factors that a user can set up here. */
const CAN_SET_UP: readonly string[] = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];
type Setup = ChallengeOf<'MFA_SETUP'>;
type SetupParameters = [
  app: App,
  challenge: Setup,
  typedName: string,
  leaving: AbortSignal,
  back: Node | undefined,
];

/** Asks which factor to set up, where the pool offers more than one. */
export const mfaSetupScreen: ChallengeScreen<'MFA_SETUP'> = (app, challenge, typedName, leaving) => {
  const place = element('div', { class: 'contents' });
  const show = (screen: HTMLElement) => {
    place.replaceChildren(screen);
    screen.querySelector('h1')?.focus();
  };
  const offered = challenge.options.length > 0 ? challenge.options : CAN_SET_UP;
  const choices = offered.filter((option) => CAN_SET_UP.includes(option));
  const others = offered.filter((option) => option !== 'SMS_MFA' && !CAN_SET_UP.includes(option));
  if (choices.length === 0) return administratorStep(app, typedName, leaving);
  const { texts } = app;
  const { title, instruction } = textOfChallenge(challenge, texts);
  const back = choices.length > 1 && textButton(texts.buttons.chooseAnother, () => show(choose()));
  const choose = () =>
    formStep({
      texts,
      heading: title,
      lead: [
        paragraph(instruction),
        paragraph(texts.mfaSetup.whichOne),
        others.length > 0 &&
          paragraph(fill(texts.mfaSetup.othersByAdministrator, { ways: others.join(texts.listSeparator) })),
      ],
      leaving,
      ways: choices.map((factor) => factorButton(factor, texts)),
      worksOffline: true,
      onSubmit: async ({ way }) => {
        show(way === 'EMAIL_OTP' ? byEmail() : byApp());
      },
      ...startAgain(app, typedName),
    });
  const byApp = () => authenticatorStep(app, challenge, typedName, leaving, back || undefined);
  const byEmail = () => emailStep(app, challenge, typedName, leaving, back || undefined);
  const [only] = choices;
  if (choices.length !== 1 || others.length > 0) place.append(choose());
  else place.append(only === 'EMAIL_OTP' ? byEmail() : byApp());
  return place;
};

/**
 * Nothing that is offered can be set up here. Text messages need a phone number, which only an administrator can add
 * before the first sign-in.
 */
function administratorStep(app: App, typedName: string, leaving: AbortSignal): HTMLElement {
  const { texts } = app;
  const { title, instruction } = texts.mfaSetup.byAdministrator;
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    submit: texts.buttons.signInAgain,
    worksOffline: true,
    onSubmit: async () => app.go({ name: 'sign-in', username: typedName }),
  });
}

function emailStep(...[app, challenge, typedName, leaving, back]: SetupParameters): HTMLElement {
  const { texts } = app;
  const { title, instruction } = texts.mfaSetup.email;
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    fields: [{ ...attributeField('email', texts), name: 'email' }],
    submit: texts.buttons.sendCode,
    onSubmit: async ({ values: { email = '' }, signal }) => {
      await answer<'MFA_SETUP'>(app, challenge, typedName, { email }, signal);
    },
    ...startAgain(app, typedName),
    ...(back && { footer: [back] }),
  });
}

function authenticatorStep(...[app, kept, typedName, leaving, back]: SetupParameters): HTMLElement {
  const { texts } = app;
  const { app: step } = texts.mfaSetup;
  let challenge: Setup | undefined;
  const secret = element('div', { class: 'secret' });
  const begin = () => {
    const { alert, progress } = messageRegions();
    const retry = element(
      'button',
      { type: 'button', class: 'secondary', onclick: () => load() },
      texts.buttons.showQrCode,
    );
    secret.replaceChildren(retry, alert, progress);
    // The secret is not kept, so after a reload the set-up begins again with a new one
    const load = () =>
      void run({ region: secret, alert, progress, leaving, texts }, retry, async (signal) => {
        const label = { issuer: app.name, account: typedName };
        const setup = await startSoftwareTokenSetup(app.pool.client, kept, label, callOptions(app, signal));
        challenge = setup.challenge;
        keepView(app.kept.view, { name: 'challenge', challenge, typedName });
        secret.replaceChildren(...secretPicture(setup.otpauthUri, setup.secretCode, texts));
      });
    load();
  };
  begin();
  return formStep({
    texts,
    heading: step.title,
    lead: [paragraph(step.instruction), secret],
    leaving,
    username: typedName,
    fields: [
      codeField(texts, texts.fields.codeOfApp),
      {
        name: 'deviceName',
        label: texts.fields.appName,
        autocomplete: 'off',
        required: false,
      },
    ],
    submit: texts.buttons.finish,
    onSubmit: async ({ values: { code = '', deviceName = '' }, signal }) => {
      if (!challenge) return begin();
      const proof = { code, ...(deviceName && { friendlyDeviceName: deviceName }) };
      await answer<'MFA_SETUP'>(app, challenge, typedName, proof, signal);
    },
    ...startAgain(app, typedName),
    ...(back && { footer: [back] }),
  });
}

function secretPicture(uri: string, secretCode: string, { mfaSetup, fields }: Texts): readonly HTMLElement[] {
  const groups = (secretCode.match(/.{1,4}/g) ?? []).map((group) => element('span', {}, group));
  return [
    element('img', {
      class: 'qr',
      alt: mfaSetup.qrCode,
      src: `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`,
    }),
    element('p', { class: 'hint' }, mfaSetup.secretHint),
    element('code', { class: 'secret-code', tabindex: '0', 'aria-label': fields.secret }, ...groups),
  ];
}
