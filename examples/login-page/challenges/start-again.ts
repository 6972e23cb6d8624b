/** The way out of every challenge, and what a screen for one is. */
import type { ChallengeName, ChallengeOf } from 'cognito-srp-engine';
import type { App } from '../app.ts';
import { textButton } from '../dom.ts';
import type { FormStep } from '../form.ts';

export type ChallengeScreen<Name extends ChallengeName> = (
  app: App,
  challenge: ChallengeOf<Name>,
  /** What the user typed; the challenge has the canonical name, which may mean nothing to people. */
  typedName: string,
  leaving: AbortSignal,
  /** What was wrong with the answer before. */
  problem?: string,
) => HTMLElement;

/** The footer, and the button that an error offers where this attempt is over. */
export function startAgain(
  app: App,
  username: string,
  question = 'Not you?',
): Pick<FormStep, 'footer' | 'onFailure'> {
  const button = () => textButton('Start again', () => app.go({ name: 'sign-in', username }));
  return {
    footer: [question, button()],
    onFailure: ({ recovery }) =>
      recovery === 'start-again' || recovery === 'request-new-code' ? button() : undefined,
  };
}
