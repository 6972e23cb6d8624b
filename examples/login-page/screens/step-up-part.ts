/** Shows the authentication level of the sign-in, and asks for another factor to raise it. */
import { decodeClaims, signIn } from 'cognito-srp-engine';
import { callOptions, follow } from '../app.ts';
import { element } from '../dom.ts';
import { type Account, part } from './account-part.ts';

/** A password with the code of an app, then a passkey or a password with a code that was sent. */
const LEVELS = ['urn:cognito:loa:4', 'urn:cognito:loa:3'];

export function stepUpPart(account: Account): HTMLElement {
  const { app, username, tokens } = account;
  const level = decodeClaims(tokens.current().accessToken)?.['acr'];
  const reached = typeof level === 'string' && LEVELS.includes(level);
  const hint = reached
    ? `You have proved it with another factor (${level}).`
    : 'A page can ask for another factor before something sensitive, such as a payment.';
  return part(account, 'Confirm that it is you', {
    content: [element('p', { class: 'hint' }, hint)],
    // The service refuses a token that has reached the level
    buttons: reached
      ? []
      : [
          {
            label: 'Confirm with another factor',
            work: async (signal) => {
              const { accessToken } = await tokens.get({ signal });
              const step = await signIn(
                app.pool.client,
                { flow: 'USER_AUTH', username, targetAcrValues: LEVELS, accessToken },
                callOptions(app, signal),
              );
              await follow(app, step, app.kept.typedName.get() ?? username);
            },
          },
        ],
  });
}
