/** CUSTOM_CHALLENGE: asks the pool's own questions. Challenges that the package does not know are shown likewise. */
import { type Challenge, type ChallengeOf, ServiceError, type Step } from 'cognito-srp-engine';
import { type Texts, textOfChallenge } from 'cognito-srp-engine/texts';
import { type App, follow, respondTo } from '../app.ts';
import { element, paragraph } from '../dom.ts';
import type { Explanation } from '../explanations.ts';
import { type Field, formStep } from '../form.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

/** The service ends such a sign-in with the error of a wrong password, which would be misleading here. */
const explainEnd =
  ({ notices }: Texts) =>
  (error: unknown): Explanation | undefined =>
    error instanceof ServiceError && error.code === 'INCORRECT_USERNAME_OR_PASSWORD'
      ? { text: notices.answerWrongAtEnd, recovery: 'start-again' }
      : undefined;

const answerField = ({ fields }: Texts): Field => ({
  name: 'answer',
  label: fields.answer,
  autocomplete: 'off',
});

/** The pool chooses the names of `publicParameters`. `question` is shown as the question, the others as a list. */
export const customScreen: ChallengeScreen<'CUSTOM_CHALLENGE'> = (
  app,
  challenge,
  typedName,
  leaving,
  problem,
) => {
  const { texts } = app;
  const { question, ...others } = challenge.publicParameters;
  return formStep({
    texts,
    heading: textOfChallenge(challenge, texts).title,
    problem,
    lead: [question !== undefined && paragraph(question), listOf(others)],
    leaving,
    fields: [answerField(texts)],
    submit: texts.buttons.answer,
    explain: explainEnd(texts),
    onSubmit: async ({ values: { answer: given = '' }, signal }) => {
      const step = await respondTo<'CUSTOM_CHALLENGE'>(app, challenge, { answer: given }, signal);
      await goOn(app, challenge, typedName, step);
    },
    ...startAgain(app, typedName),
  });
};

type Question = ChallengeOf<'CUSTOM_CHALLENGE'> | ChallengeOf<'UNKNOWN'>;

/** Shows the next step. The service does not say that an answer was wrong. It asks the same question again. */
async function goOn(app: App, asked: Question, typedName: string, step: Step): Promise<void> {
  if (step.status !== 'challenge' || !isSame(asked, step.challenge)) return follow(app, step, typedName);
  const problem = app.texts.notices.answerWrong;
  app.go({ name: 'challenge', challenge: step.challenge, typedName, problem }, 'replace');
}

const isSame = (asked: Question, now: Challenge): boolean =>
  now.name === asked.name && JSON.stringify(now.parameters) === JSON.stringify(asked.parameters);

export const unknownScreen: ChallengeScreen<'UNKNOWN'> = (app, challenge, typedName, leaving, problem) => {
  const { texts } = app;
  const { title, instruction } = textOfChallenge(challenge, texts);
  return formStep({
    texts,
    heading: title,
    problem,
    lead: [
      paragraph(instruction),
      element('code', {}, challenge.challengeName),
      listOf(challenge.parameters),
    ],
    leaving,
    fields: [answerField(texts)],
    submit: texts.buttons.answer,
    explain: explainEnd(texts),
    onSubmit: async ({ values: { answer: given = '' }, signal }) => {
      const responses = { ANSWER: given };
      const step = await respondTo<'UNKNOWN'>(app, challenge, { responses }, signal);
      await goOn(app, challenge, typedName, step);
    },
    ...startAgain(app, typedName),
  });
};

const listOf = (parameters: Readonly<Record<string, string>>): HTMLElement | undefined => {
  const rows = Object.entries(parameters).filter(([name]) => !/^USER/.test(name));
  return rows.length === 0
    ? undefined
    : element(
        'dl',
        { class: 'claims' },
        ...rows.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
      );
};
