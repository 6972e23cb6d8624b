/** What the engine does around the sign-in on each server: sign-up and a forgotten password. The command has neither. */
import { confirmForgotPassword, confirmSignUp, forgotPassword, signUp } from 'cognito-srp-engine';
import { BY_PASSWORD, ENGINE, OPTIONS } from './servers-drivers.mjs';
import { toWrongCode } from './servers-factor-cases.mjs';
import { PASSWORD } from './servers-pools.mjs';
import { CODES_UNCHECKED, everyCode } from './servers-reasons.mjs';

const NEW_PASSWORD = 'Other-Horse-9';

async function signUpNewUser(server, changeCode = (code) => code) {
  const { web, takeName } = await server.openPool('byEmail');
  const username = takeName();
  await signUp(web, { username, password: PASSWORD, attributes: { email: username } }, OPTIONS);
  await confirmSignUp(web, { username, code: changeCode(await server.readCode(username)) }, OPTIONS);
  return ENGINE.signIn(web, { ...BY_PASSWORD, username, password: PASSWORD });
}

async function recoverPassword(server, kind, changeCode = (code) => code) {
  const { web, addUser } = await server.openPool(kind);
  const username = await addUser();
  await forgotPassword(web, { username }, OPTIONS);
  const code = changeCode(await server.readCode(username));
  await confirmForgotPassword(web, { username, code, newPassword: NEW_PASSWORD }, OPTIONS);
  return ENGINE.signIn(web, { ...BY_PASSWORD, username, password: NEW_PASSWORD });
}

const NAME_ALONE = {
  outcome: 'USER_NOT_FOUND',
  reason: 'its ForgotPassword finds a user by the name, and not by the e-mail address',
};

/** @type {readonly object[]} */
export const ACCOUNT_CASES = [
  { name: 'sign-up and its code', right: 'signed-in', attempt: (server) => signUpNewUser(server) },
  {
    name: 'sign-up, wrong code',
    right: 'CODE_MISMATCH',
    differs: { moto: everyCode('signed-in'), ministack: CODES_UNCHECKED },
    attempt: (server) => signUpNewUser(server, toWrongCode),
  },
  {
    name: 'forgotten password',
    right: 'signed-in',
    differs: { fakecloud: NAME_ALONE },
    attempt: (server) => recoverPassword(server, 'byEmail'),
  },
  {
    name: 'forgotten password, pool of user names',
    right: 'signed-in',
    attempt: (server) => recoverPassword(server, 'byName'),
  },
  {
    name: 'forgotten password, pool of user names, wrong code',
    right: 'CODE_MISMATCH',
    differs: { moto: everyCode('signed-in'), ministack: CODES_UNCHECKED },
    attempt: (server) => recoverPassword(server, 'byName', toWrongCode),
  },
];
