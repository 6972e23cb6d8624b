/** Lists the second factors of the user, and adds or removes an authenticator app. */
import { getUserAuthFactors, type MfaOption, ServiceError, setUserMfaPreference } from 'cognito-srp-engine';
import { textOfFactor } from 'cognito-srp-engine/texts';
import { type Account, callArguments } from './account-part.ts';
import { type ListItem, listPart } from './list-part.ts';

const APP = 'SOFTWARE_TOKEN_MFA';

export function secondFactorsPart(account: Account): HTMLElement {
  const { app } = account;
  const { texts } = app;
  const item = (factor: string, isPreferred: boolean): ListItem => {
    const { label, detail } = textOfFactor(factor as MfaOption, texts);
    return {
      name: label,
      hint: isPreferred ? `${detail} (${texts.account.preferred})` : detail,
      ...(factor === APP && {
        remove: async (signal: AbortSignal) => {
          const { pool, accessToken, options } = await callArguments(account, signal);
          await setUserMfaPreference(pool, { accessToken, softwareToken: 'off' }, options);
        },
      }),
    };
  };
  const whole = listPart(account, texts.account.secondFactors, {
    kind: 'second-factors',
    removeLabel: texts.buttons.remove,
    empty: texts.account.noSecondFactors,
    buttons: [
      { label: texts.buttons.addAuthenticator, work: async () => app.go({ name: 'add-authenticator' }) },
    ],
    load: async (signal) => {
      try {
        const { pool, accessToken, options } = await callArguments(account, signal);
        const { mfa, preferredMfa } = await getUserAuthFactors(pool, { accessToken }, options);
        return mfa.map((factor) => item(factor, mfa.length > 1 && factor === preferredMfa));
      } catch (error) {
        whole.hidden = error instanceof ServiceError && error.code === 'OPERATION_UNKNOWN';
        if (!whole.hidden) throw error;
        return [];
      }
    },
  });
  return whole;
}
