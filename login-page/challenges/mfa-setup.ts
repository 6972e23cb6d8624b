/** MFA_SETUP: sets up an authenticator app by QR code or typed secret, or an e-mail address. */
import type { AnswerToName, ChallengeOf } from 'cognito-srp-engine';
import { fill, textOfChallenge, textOfFactor } from 'cognito-srp-engine/texts';
import { type App, advance } from '../app.ts';
import { authenticatorStep } from '../authenticator.ts';
import { element, focusFirst, paragraph, textButton } from '../dom.ts';
import { fieldOf } from '../fields.ts';
import { formStep } from '../form.ts';
import { startAgain } from './start-again.ts';

/** The factors that a user can set up here. */
const CAN_SET_UP: readonly string[] = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];

interface Place {
  readonly app: App;
  readonly username: string;
  readonly leaving: AbortSignal;
  /** Leads to the other ways, where there are some. */
  readonly back: HTMLElement | undefined;
}

/** Asks which factor to set up, where the pool offers more than one. */
export function mfaSetupScreen(
  app: App,
  challenge: ChallengeOf<'MFA_SETUP'>,
  username: string,
  leaving: AbortSignal,
): HTMLElement {
  const { texts } = app;
  const offered = challenge.options.length > 0 ? challenge.options : CAN_SET_UP;
  const choices = offered.filter((option) => CAN_SET_UP.includes(option));
  const others = offered.filter((option) => option !== 'SMS_MFA' && !CAN_SET_UP.includes(option));
  if (choices.length === 0) return administratorStep(app, username, leaving);
  const place = element('div', { class: 'contents' });
  const show = (screen: HTMLElement) => {
    place.replaceChildren(screen);
    focusFirst(place);
  };
  const back = choices.length > 1 ? textButton(texts.buttons.chooseAnother, () => show(choose())) : undefined;
  const stepOf = (factor: string): HTMLElement =>
    (factor === 'EMAIL_OTP' ? emailStep : appStep)({ app, username, leaving, back });
  const { title, instruction } = textOfChallenge(challenge, texts);
  const choose = (): HTMLElement =>
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
      ways: choices.map((way) => ({ way, ...textOfFactor(way, texts) })),
      worksOffline: true,
      onSubmit: async ({ way }) => show(stepOf(way)),
      ...startAgain(app, username),
    });
  const [only = ''] = choices;
  place.append(choices.length > 1 || others.length > 0 ? choose() : stepOf(only));
  return place;
}

/**
 * Nothing that is offered can be set up here. Text messages need a phone number, which only an administrator can add
 * before the first sign-in.
 */
function administratorStep(app: App, username: string, leaving: AbortSignal): HTMLElement {
  const { texts } = app;
  const { title, instruction } = texts.mfaSetup.byAdministrator;
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    submit: texts.buttons.signInAgain,
    worksOffline: true,
    onSubmit: () => app.startOver(username),
  });
}

/** The challenge as it stands now: its session changes with each secret. */
function setupOf({ flow }: App): ChallengeOf<'MFA_SETUP'> | undefined {
  const state = flow.getSnapshot();
  return state.status === 'challenge' && state.challenge.name === 'MFA_SETUP' ? state.challenge : undefined;
}

/** Answers the set-up. What the flow does not take leads to its present state. */
const answer = (app: App, signal: AbortSignal, given: AnswerToName<'MFA_SETUP'>): Promise<void> =>
  advance(app, signal, async () => {
    const challenge = setupOf(app);
    return challenge ? app.flow.answer<'MFA_SETUP'>(challenge, given) : app.flow.getSnapshot();
  });

function emailStep({ app, username, leaving, back }: Place): HTMLElement {
  const { texts } = app;
  const { title, instruction } = texts.mfaSetup.email;
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    fields: [fieldOf('email', texts)],
    submit: texts.buttons.sendCode,
    working: texts.working.sending,
    onSubmit: ({ values: { email = '' }, signal }) => answer(app, signal, { email }),
    ...startAgain(app, username),
    ...(back && { footer: [back] }),
  });
}

const appStep = ({ app, username, leaving, back }: Place): HTMLElement =>
  authenticatorStep({
    texts: app.texts,
    leaving,
    username,
    load: async (signal) => {
      const { flow } = app;
      signal.addEventListener('abort', flow.cancel, { once: true });
      const challenge = setupOf(app);
      const label = { issuer: app.name, account: username };
      const state = challenge ? await flow.setUpSoftwareToken(challenge, label) : flow.getSnapshot();
      signal.throwIfAborted();
      if (state.status === 'challenge' && state.softwareToken && !state.error) return state.softwareToken;
      throw 'error' in state ? state.error : new Error('The sign-in is not at the set-up');
    },
    finish: (given, signal) => answer(app, signal, given),
    ...startAgain(app, username),
    ...(back && { footer: [back] }),
  });
