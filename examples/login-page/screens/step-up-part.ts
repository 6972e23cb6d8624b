/** Shows the authentication level of the sign-in, and asks for another factor to raise it. */
import { decodeClaims, signIn } from 'cognito-srp-engine';
import { follow } from '../../../login-page/app.ts';
import { element } from '../../../login-page/dom.ts';
import { texts } from '../texts.ts';
import { type Account, callArguments, part } from './account-part.ts';

/** A password with the code of an app, then a passkey or a password with a code that was sent. */
const LEVELS = ['urn:cognito:loa:4', 'urn:cognito:loa:3'];

export function stepUpPart(account: Account): HTMLElement {
  const { app, username, tokens } = account;
  const level = decodeClaims(tokens.current().accessToken)?.['acr'];
  return part(account, texts.account.stepUp, {
    content: [element('p', { class: 'hint' }, level ? `Confirmed: ${level}` : texts.account.stepUpHint)],
    // The service refuses a token that has reached the level
    buttons: level
      ? []
      : [
          {
            label: texts.buttons.confirmWithFactor,
            work: async (signal) => {
              const { pool, accessToken, options } = await callArguments(account, signal);
              const step = await signIn(
                pool,
                { flow: 'USER_AUTH', username, targetAcrValues: LEVELS, accessToken },
                options,
              );
              await follow(app, step, app.kept.typedName.get() ?? username);
            },
          },
        ],
  });
}
