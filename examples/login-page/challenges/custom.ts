/** The pool's own questions, and challenges newer than the package. */
import { respond } from 'cognito-srp-engine';
import { callOptions } from '../app.ts';
import { element, paragraph } from '../dom.ts';
import { type Field, formStep } from '../form.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

const answerField: Field = { name: 'answer', label: 'Your answer', autocomplete: 'off' };

/** `publicParameters` are the pool's to choose: `question` is shown as one, the others as a list. */
export const customScreen: ChallengeScreen<'CUSTOM_CHALLENGE'> = (app, challenge, typedName, leaving) => {
  const { question, ...others } = challenge.publicParameters;
  return formStep({
    heading: 'One more question',
    lead: [question !== undefined && paragraph(question), listOf(others)],
    leaving,
    fields: [answerField],
    submit: 'Answer',
    onSubmit: async ({ values: { answer = '' }, signal }) => {
      const step = await respond(app.pool.client, challenge, { answer }, callOptions(app, signal));
      // The service does not say that an answer was wrong: it asks again
      await app.follow(step, typedName);
    },
    ...startAgain(app, typedName),
  });
};

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
    onSubmit: async ({ values: { answer = '' }, signal }) => {
      const responses = { ANSWER: answer };
      const step = await respond(app.pool.client, challenge, { responses }, callOptions(app, signal));
      await app.follow(step, typedName);
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
