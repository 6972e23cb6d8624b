/** The screens of a sign-in, which every page has. */
import { challengeScreen } from './challenges/challenge.ts';
import { forgotPasswordScreen, resetPasswordScreen } from './screens/forgot-password.ts';
import { signInScreen } from './screens/sign-in.ts';
import { confirmSignUpScreen, signUpScreen } from './screens/sign-up.ts';
import type { Screen, ViewName } from './view.ts';

export const SCREENS: { readonly [Name in ViewName]: Screen } = {
  'sign-in': signInScreen,
  'sign-up': signUpScreen,
  'confirm-sign-up': confirmSignUpScreen,
  'forgot-password': forgotPasswordScreen,
  'reset-password': resetPasswordScreen,
  challenge: challengeScreen,
};
