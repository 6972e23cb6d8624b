/** Lets a passkey count as both factors, for a user who has a passkey and a second factor. */
import { getUserAuthFactors, ServiceError, setUserMfaPreference } from 'cognito-srp-engine';
import { element } from '../../../login-page/dom.ts';
import { PageError } from '../../../login-page/explanations.ts';
import { type Account, callArguments, part, type Work } from './account-part.ts';

export function passkeyFactorPart(account: Account): HTMLElement {
  const { texts } = account.app;
  // The service does not tell whether this is turned on, so both ways are offered
  const state = element('p', { class: 'hint', role: 'status' }, texts.account.passkeyAsSecondFactorHint);
  const prefer =
    (passkey: 'on' | 'off', done: string): Work =>
    async (signal) => {
      const { pool, accessToken, options } = await callArguments(account, signal);
      await setUserMfaPreference(pool, { accessToken, passkey }, options).catch((error: unknown) => {
        // The user has entered nothing that could be wrong: the pool does not accept it
        const isRefused = error instanceof ServiceError && error.code === 'PARAMETER_REFUSED';
        throw isRefused ? new PageError(texts.recoveries['fix-configuration']) : error;
      });
      state.textContent = done;
    };
  const whole = part(account, texts.account.passkeyAsSecondFactor, {
    content: [state],
    buttons: [
      {
        label: texts.buttons.signInWithoutCode,
        work: prefer('on', texts.account.passkeyIsEnough),
      },
      {
        label: texts.buttons.alwaysAskForCode,
        work: prefer('off', texts.account.passkeyIsNotEnough),
      },
    ],
    atOnce: async (signal) => {
      try {
        const { pool, accessToken, options } = await callArguments(account, signal);
        const { factors, mfa } = await getUserAuthFactors(pool, { accessToken }, options);
        // The service demands another second factor, so that a lost passkey does not lock the user out
        whole.hidden = !factors.includes('WEB_AUTHN') || mfa.length === 0;
      } catch (error) {
        whole.hidden = error instanceof ServiceError && error.code === 'OPERATION_UNKNOWN';
        if (!whole.hidden) throw error;
      }
    },
  });
  whole.hidden = true;
  return whole;
}
