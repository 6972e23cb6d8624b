/** The form of a challenge: its fields and choices are what `formOfChallenge` of the package says. */
import { type Challenge, ServiceError } from 'cognito-srp-engine';
import { answerFromForm, type ChallengeState, formOfChallenge } from 'cognito-srp-engine/flow';
import { fill, type Texts, textOfChallenge, textOfFactor } from 'cognito-srp-engine/texts';
import { type App, advance } from '../app.ts';
import { type Child, element, paragraph } from '../dom.ts';
import type { Explanation } from '../explanations.ts';
import { fieldOf, newPasswordField } from '../fields.ts';
import { type FooterItem, type FormStep, formStep } from '../form.ts';
import { askBrowser } from '../passkeys.ts';
import type { Screen, View } from '../view.ts';
import { mfaSetupScreen } from './mfa-setup.ts';
import { startAgain } from './start-again.ts';

export const challengeScreen: Screen = (app, view, leaving) => {
  const state = app.flow.getSnapshot();
  if (state.status !== 'challenge') throw new Error('The sign-in is not at a challenge');
  const { challenge } = state;
  return challenge.name === 'MFA_SETUP'
    ? mfaSetupScreen(app, challenge, state.username, leaving)
    : formStep({ ...stepOf(app, state, view), leaving });
};

function stepOf(app: App, state: ChallengeState, { notice }: View): Omit<FormStep, 'leaving'> {
  const { flow, texts, pool } = app;
  const { challenge, username } = state;
  const { fields, choices, canSubmit } = formOfChallenge(state);
  // A challenge that is newer than the package can be answered with a text
  const isUnknown = challenge.name === 'UNKNOWN';
  const asked = isUnknown ? ['answer'] : fields;
  const rules = asked.includes('newPassword') ? newPasswordField(pool.passwordPolicy, texts) : undefined;
  return {
    texts,
    heading: textOfChallenge(challenge, texts).title,
    notice: state.wasResent ? texts.deliveries.sentAgain : notice,
    problem: state.wasWrong && texts.notices.answerWrong,
    lead: leadOf(challenge, username, texts),
    username,
    fields: [
      ...asked.filter((name) => name !== 'newPassword').map((name) => fieldOf(name, texts)),
      ...(rules ? [rules.field] : []),
    ],
    extra: [rules?.list],
    missing: rules?.missing,
    submit: canSubmit || isUnknown ? submitOf(challenge, texts) : undefined,
    working: rules ? texts.working.saving : texts.working.checking,
    ways: choices.map((way) => ({ way, ...textOfFactor(way, texts) })),
    optionalFor: (way) => (way === '' ? [] : ['password']),
    explain: explainOf(challenge, texts),
    onSubmit: ({ values, way, signal }) =>
      advance(app, signal, async () => {
        const { answer = '' } = values;
        const next = isUnknown
          ? await flow.answer(challenge, { responses: { ANSWER: answer } })
          : await answerFromForm(
              flow,
              state,
              { ...values, choice: way },
              {
                issuer: app.name,
                askForPasskey: (request) =>
                  askBrowser(() => navigator.credentials.get({ ...request, mediation: 'optional', signal })),
              },
            );
        if (challenge.name === 'WEB_AUTHN' && !('error' in next)) app.kept.passkeyUser.set(username);
        return next;
      }),
    ...startAgain(app, username, wayOut(app, state)),
  };
}

const SENT: readonly string[] = ['SMS_MFA', 'SMS_OTP', 'EMAIL_OTP'];

/** What stands before the button that starts again. The service can send the code of a first factor again, and no other. */
function wayOut(app: App, { challenge: { name }, canResend }: ChallengeState): readonly FooterItem[] {
  const { signIn, deliveries, buttons } = app.texts;
  if (name === 'WEB_AUTHN') return [signIn.noPasskey];
  if (!SENT.includes(name)) return [signIn.notYou];
  if (!canResend) return [signIn.noCode, deliveries.cannotSendAgain];
  const resend = (signal: AbortSignal) => advance(app, signal, () => app.flow.resend());
  return [signIn.noCode, { label: buttons.sendAgain, work: resend }];
}

/** The pool chooses the names of `publicParameters`. `question` is shown as the question, the others as a list. */
function leadOf(challenge: Challenge, username: string, texts: Texts): readonly Child[] {
  const { instruction } = textOfChallenge(challenge, texts);
  switch (challenge.name) {
    case 'CUSTOM_CHALLENGE': {
      const { question, ...others } = challenge.publicParameters;
      return [question !== undefined && paragraph(question), listOf(others)];
    }
    case 'UNKNOWN':
      return [
        paragraph(instruction),
        element('code', {}, challenge.challengeName),
        listOf(challenge.parameters),
      ];
    case 'SELECT_CHALLENGE':
    case 'PASSWORD':
    case 'PASSWORD_SRP':
    case 'ADMIN_NO_SRP_AUTH':
      return [paragraph(fill(texts.signIn.signingInAs, { name: username }))];
    default:
      return [paragraph(instruction)];
  }
}

function listOf(parameters: Readonly<Record<string, string>>): HTMLElement | undefined {
  const rows = Object.entries(parameters).filter(([name]) => !/^USER/.test(name));
  if (rows.length === 0) return undefined;
  const cells = rows.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
  return element('dl', { class: 'claims' }, ...cells);
}

function submitOf({ name }: Challenge, { buttons }: Texts): string {
  if (name === 'NEW_PASSWORD_REQUIRED') return buttons.saveAndContinue;
  if (name === 'SELECT_CHALLENGE') return buttons.continueWithPassword;
  return name === 'CUSTOM_CHALLENGE' || name === 'UNKNOWN' ? buttons.answer : buttons.continue;
}

/** The service ends the pool's own questions with the error of a wrong password, which would be misleading here. */
const explainOf =
  ({ name }: Challenge, { notices }: Texts) =>
  (error: unknown): Explanation | undefined =>
    (name === 'CUSTOM_CHALLENGE' || name === 'UNKNOWN') &&
    error instanceof ServiceError &&
    error.code === 'INCORRECT_USERNAME_OR_PASSWORD'
      ? { text: notices.answerWrongAtEnd, recovery: 'start-again' }
      : undefined;
