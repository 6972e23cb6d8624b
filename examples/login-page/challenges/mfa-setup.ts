/** MFA_SETUP: sets up an authenticator app by QR code or typed secret, or an e-mail address. */
import { type ChallengeOf, startSoftwareTokenSetup } from 'cognito-srp-engine';
import { renderSVG } from 'uqr';
import { type App, answer, callOptions } from '../app.ts';
import { element, paragraph, textButton } from '../dom.ts';
import { formStep } from '../form.ts';
import { keepView } from '../view.ts';
import { messageRegions, run } from '../work.ts';
import { factorButton } from './choose.ts';
import { codeField } from './code.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

const ISSUER = 'Login page';
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
  if (choices.length === 0) return administratorStep(app, others, typedName, leaving);
  const back = choices.length > 1 && textButton('Choose another way', () => show(choose()));
  const choose = () =>
    formStep({
      heading: 'Protect your account',
      lead: [
        paragraph('This pool asks everybody for a second factor.'),
        paragraph('Which one do you want to set up?'),
        others.length > 0 &&
          paragraph(`For ${others.join(', ')}, ask an administrator: this page cannot set it up.`),
      ],
      leaving,
      ways: choices.map(factorButton),
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
 *
 * @param others the offered names that this page does not know
 */
function administratorStep(
  app: App,
  others: readonly string[],
  typedName: string,
  leaving: AbortSignal,
): HTMLElement {
  const [offer, request] =
    others.length === 0
      ? ['it offers text messages alone', 'add your phone number to']
      : [`this page cannot set up ${others.join(', ')}`, 'set up a second factor for'];
  return formStep({
    heading: 'Ask an administrator',
    lead: [
      paragraph(`This pool asks everybody for a second factor, and ${offer}.`),
      paragraph(`Ask an administrator to ${request} the account ${typedName}. Then sign in again.`),
    ],
    leaving,
    submit: 'Sign in again',
    worksOffline: true,
    onSubmit: async () => app.go({ name: 'sign-in', username: typedName }),
  });
}

function emailStep(...[app, challenge, typedName, leaving, back]: SetupParameters): HTMLElement {
  return formStep({
    heading: 'Your e-mail address',
    lead: [paragraph('We send a code there now, and whenever you sign in.')],
    leaving,
    fields: [{ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email' }],
    submit: 'Send a code',
    onSubmit: async ({ values: { email = '' }, signal }) => {
      await answer<'MFA_SETUP'>(app, challenge, typedName, { email }, signal);
    },
    ...startAgain(app, typedName),
    ...(back && { footer: [back] }),
  });
}

function authenticatorStep(...[app, kept, typedName, leaving, back]: SetupParameters): HTMLElement {
  let challenge: Setup | undefined;
  const secret = element('div', { class: 'secret' });
  const begin = () => {
    const { alert, progress } = messageRegions();
    const retry = element(
      'button',
      { type: 'button', class: 'secondary', onclick: () => load() },
      'Show the QR code',
    );
    secret.replaceChildren(retry, alert, progress);
    // The secret is not kept, so after a reload the set-up begins again with a new one
    const load = () =>
      void run({ region: secret, alert, progress, leaving }, retry, async (signal) => {
        const label = { issuer: ISSUER, account: typedName };
        const setup = await startSoftwareTokenSetup(app.pool.client, kept, label, callOptions(app, signal));
        challenge = setup.challenge;
        keepView(app.kept.view, { name: 'challenge', challenge, typedName });
        secret.replaceChildren(...secretPicture(setup.otpauthUri, setup.secretCode));
      });
    load();
  };
  begin();
  return formStep({
    heading: 'Set up your authenticator app',
    lead: [
      paragraph('Scan this with an authenticator app on your phone, then enter the code it shows.'),
      secret,
    ],
    leaving,
    username: typedName,
    fields: [
      { ...codeField(), label: 'Code from the app' },
      {
        name: 'deviceName',
        label: 'Name of this app or phone',
        autocomplete: 'off',
        required: false,
      },
    ],
    submit: 'Finish',
    onSubmit: async ({ values: { code = '', deviceName = '' }, signal }) => {
      if (!challenge) return begin();
      const proof = { code, ...(deviceName && { friendlyDeviceName: deviceName }) };
      await answer<'MFA_SETUP'>(app, challenge, typedName, proof, signal);
    },
    ...startAgain(app, typedName),
    ...(back && { footer: [back] }),
  });
}

function secretPicture(uri: string, secretCode: string): readonly HTMLElement[] {
  const groups = (secretCode.match(/.{1,4}/g) ?? []).map((group) => element('span', {}, group));
  return [
    element('img', {
      class: 'qr',
      alt: 'QR code for your authenticator app. The same secret stands below as text.',
      src: `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`,
    }),
    element('p', { class: 'hint' }, 'Or type this secret into the app:'),
    element('code', { class: 'secret-code', tabindex: '0', 'aria-label': 'Secret' }, ...groups),
  ];
}
