/** The type of a challenge's screen, and the link to start again that every such screen has. */
import type { ChallengeName, ChallengeOf } from 'cognito-srp-engine';
import type { App } from '../app.ts';
import { textButton } from '../dom.ts';
import type { FormStep } from '../form.ts';

export type ChallengeScreen<Name extends ChallengeName> = (
  app: App,
  challenge: ChallengeOf<Name>,
  /** The name that the user typed. The canonical name of the challenge may be one that people do not know. */
  typedName: string,
  leaving: AbortSignal,
  /** Says why the answer before this one was refused. */
  problem?: string,
) => HTMLElement;

/** Makes the footer, and the button that is offered after an error which ends this attempt. */
export function startAgain(
  app: App,
  username: string,
  question = app.texts.signIn.notYou,
): Pick<FormStep, 'footer' | 'onFailure'> {
  const button = () => textButton(app.texts.buttons.startAgain, () => app.startOver(username));
  return {
    footer: [question, button()],
    onFailure: ({ recovery }) =>
      recovery === 'start-again' || recovery === 'request-new-code' ? button() : undefined,
  };
}
