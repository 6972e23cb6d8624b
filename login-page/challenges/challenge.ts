/** Has the screen for each challenge. If one is missing, this file does not compile. */
import type { ChallengeName } from 'cognito-srp-engine';
import type { Screen } from '../app.ts';
import { selectChallengeScreen, selectMfaTypeScreen } from './choose.ts';
import { codeScreen } from './code.ts';
import { customScreen, unknownScreen } from './custom.ts';
import { mfaSetupScreen } from './mfa-setup.ts';
import { newPasswordScreen } from './new-password.ts';
import { passkeyScreen } from './passkey.ts';
import { passwordScreen } from './password.ts';
import type { ChallengeScreen } from './start-again.ts';

const SCREENS: { readonly [Name in ChallengeName]: ChallengeScreen<Name> } = {
  SMS_MFA: codeScreen,
  EMAIL_OTP: codeScreen,
  SMS_OTP: codeScreen,
  SOFTWARE_TOKEN_MFA: codeScreen,
  SELECT_MFA_TYPE: selectMfaTypeScreen,
  MFA_SETUP: mfaSetupScreen,
  NEW_PASSWORD_REQUIRED: newPasswordScreen,
  CUSTOM_CHALLENGE: customScreen,
  SELECT_CHALLENGE: selectChallengeScreen,
  PASSWORD: passwordScreen,
  PASSWORD_SRP: passwordScreen,
  ADMIN_NO_SRP_AUTH: passwordScreen,
  WEB_AUTHN: passkeyScreen,
  UNKNOWN: unknownScreen,
};

export const challengeScreen: Screen<'challenge'> = (app, { challenge, typedName, problem }, leaving) => {
  // The screen is found by the challenge's own name, so it takes this challenge. TypeScript cannot see that
  const screen = SCREENS[challenge.name] as ChallengeScreen<ChallengeName>;
  return screen(app, challenge as Parameters<typeof screen>[1], typedName, leaving, problem);
};
