/** The link to start again, which every challenge has. */
import type { App } from '../app.ts';
import { textButton } from '../dom.ts';
import type { FooterItem, FormStep } from '../form.ts';

/** Makes the footer, and the button that is offered after an error which ends this attempt. */
export function startAgain(
  app: App,
  username: string,
  before: readonly FooterItem[] = [app.texts.signIn.notYou],
): Pick<FormStep, 'footer' | 'onFailure'> {
  const button = () => textButton(app.texts.buttons.startAgain, () => app.startOver(username));
  return {
    footer: [...before, button()],
    onFailure: ({ recovery }) =>
      recovery === 'start-again' || recovery === 'request-new-code' ? button() : undefined,
  };
}
