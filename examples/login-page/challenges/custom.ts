/** The pool's own questions, and challenges newer than the package. */
import { type Challenge, type ChallengeOf, ServiceError } from 'cognito-srp-engine';
import { answer, follow, respondTo } from '../app.ts';
import { element, paragraph } from '../dom.ts';
import type { Explanation } from '../explanations.ts';
import { type Field, formStep } from '../form.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

/** The service ends such a sign-in with the words it has for a wrong password. */
const explainEnd = (error: unknown): Explanation | undefined =>
  error instanceof ServiceError && error.code === 'INCORRECT_USERNAME_OR_PASSWORD'
    ? { text: 'The answer was not right, and this sign-in is over. Start again.', recovery: 'start-again' }
    : undefined;

const answerField: Field = { name: 'answer', label: 'Your answer', autocomplete: 'off' };

/** `publicParameters` are the pool's to choose: `question` is shown as one, the others as a list. */
export const customScreen: ChallengeScreen<'CUSTOM_CHALLENGE'> = (
  app,
  challenge,
  typedName,
  leaving,
  problem,
) => {
  const { question, ...others } = challenge.publicParameters;
  return formStep({
    heading: 'One more question',
    problem,
    lead: [question !== undefined && paragraph(question), listOf(others)],
    leaving,
    fields: [answerField],
    submit: 'Answer',
    explain: explainEnd,
    onSubmit: async ({ values: { answer: given = '' }, signal }) => {
      const step = await respondTo<'CUSTOM_CHALLENGE'>(app, challenge, { answer: given }, signal);
      // The service does not say that an answer was wrong: it asks the same again
      if (step.status === 'challenge' && isSame(challenge, step.challenge)) {
        const problem = 'That was not right. Try again.';
        return app.go({ name: 'challenge', challenge: step.challenge, typedName, problem }, 'replace');
      }
      await follow(app, step, typedName);
    },
    ...startAgain(app, typedName),
  });
};

const isSame = (asked: ChallengeOf<'CUSTOM_CHALLENGE'>, now: Challenge): boolean =>
  now.name === asked.name && JSON.stringify(now.publicParameters) === JSON.stringify(asked.publicParameters);

export const unknownScreen: ChallengeScreen<'UNKNOWN'> = (app, challenge, typedName, leaving) =>
  formStep({
    heading: 'One more step',
    lead: [
      paragraph('The service asks for something this page does not know yet: '),
      element('code', {}, challenge.challengeName),
      listOf(challenge.parameters),
    ],
    leaving,
    fields: [answerField],
    submit: 'Answer',
    explain: explainEnd,
    onSubmit: async ({ values: { answer: given = '' }, signal }) => {
      await answer<'UNKNOWN'>(app, challenge, typedName, { responses: { ANSWER: given } }, signal);
    },
    ...startAgain(app, typedName),
  });

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
