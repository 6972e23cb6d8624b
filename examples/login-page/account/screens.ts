/** The screens of a signed-in user. They are a script of their own, which a browser loads once somebody signs in. */
import type { AccountView, PageScreen } from '../page.ts';
import { signedInScreen } from './signed-in.ts';
import { addAuthenticatorScreen, changeEmailScreen, deleteAccountScreen } from './tasks.ts';

export const ACCOUNT_SCREENS: { readonly [Name in AccountView]: PageScreen } = {
  'signed-in': signedInScreen,
  'change-email': changeEmailScreen,
  'add-authenticator': addAuthenticatorScreen,
  'delete-account': deleteAccountScreen,
};
