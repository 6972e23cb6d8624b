/** What is tried beyond a password: second factors, custom challenges, the choice of a first factor, and devices. */
import {
  associateSoftwareToken,
  setUserMfaPreference,
  signIn,
  verifySoftwareToken,
} from 'cognito-srp-engine';
import { Secret, TOTP } from 'otpauth';
import { BY_PASSWORD, OPTIONS } from './servers-drivers.mjs';
import { PASSWORD, PHONE } from './servers-pools.mjs';
import {
  everyCode,
  NO_DEVICES,
  NO_MESSAGES,
  NO_MFA_OPTIONS,
  NO_SRP,
  noChoice,
  noTriggers,
} from './servers-reasons.mjs';
import { WORD } from './servers-running.mjs';

const codeOfApp = (secret) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

/** Another code. */
export const toWrongCode = (code) => code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10);

/** Adds a user who is asked for a code. @returns the user's name and, for an app, its secret */
async function addUserWithFactor({ web, addUser }, factor) {
  const username = await addUser();
  const step = await signIn(web, { ...BY_PASSWORD, username, password: PASSWORD }, OPTIONS);
  const { accessToken } = step.tokens;
  if (factor === 'sms') {
    await setUserMfaPreference(web, { accessToken, sms: 'preferred' }, OPTIONS);
    return { username };
  }
  const label = { issuer: 'test', account: username };
  const { secretCode } = await associateSoftwareToken(web, { accessToken, label }, OPTIONS);
  await verifySoftwareToken(web, { accessToken, code: codeOfApp(secretCode) }, OPTIONS);
  await setUserMfaPreference(web, { accessToken, softwareToken: 'preferred' }, OPTIONS);
  return { username, secret: secretCode };
}

async function answerApp(driver, server, flow, change = (code) => code) {
  const pool = await server.openPool('factors');
  const { username, secret } = await addUserWithFactor(pool, 'app');
  const answers = { SOFTWARE_TOKEN_MFA: () => change(codeOfApp(secret)) };
  return driver.signIn(pool.web, { ...flow, username, password: PASSWORD }, { answers });
}

async function answerMessage(driver, server, flow, change = (code) => code) {
  const pool = await server.openPool('factors');
  const { username } = await addUserWithFactor(pool, 'sms');
  const answers = { SMS_MFA: async () => change(await server.readCode(PHONE)) };
  return driver.signIn(pool.web, { ...flow, username, password: PASSWORD }, { answers });
}

async function setUpApp(driver, server, flow) {
  const { web, addUser } = await server.openPool('factorDemanded');
  const answers = { MFA_SETUP: codeOfApp };
  return driver.signIn(web, { ...flow, username: await addUser(), password: PASSWORD }, { answers });
}

async function answerCustomChallenge(driver, server, { word = WORD, ...credentials }) {
  const { web, addUser } = await server.openPool('custom');
  const answers = { CUSTOM_CHALLENGE: () => word };
  const username = await addUser();
  return driver.signIn(web, { flow: 'CUSTOM_AUTH', username, ...credentials }, { answers });
}

async function chooseFactor(driver, server, credentials, choice) {
  const { web, addUser } = await server.openPool('byEmail');
  const username = await addUser();
  const answers = {
    ...(choice && { SELECT_CHALLENGE: () => choice }),
    EMAIL_OTP: () => server.readCode(username),
  };
  return driver.signIn(web, { flow: 'USER_AUTH', username, ...credentials }, { answers });
}

/** Signs in twice with the same device. */
async function rememberDevice(driver, server, flow) {
  const { web, addUser } = await server.openPool('devices');
  const credentials = { ...flow, username: await addUser(), password: PASSWORD };
  const device = driver.openDevice(server, web);
  const first = await driver.signIn(web, credentials, { device });
  if (first !== 'signed-in') return first;
  return driver.signIn(web, credentials, { device });
}

const FORGOTTEN_SESSION = {
  outcome: 'REFUSED',
  reason: 'it does not know the session that its AssociateSoftwareToken has returned',
};
const NO_PROOF_IN_CUSTOM = 'in CUSTOM_AUTH it does not ask for the proof of the password';
const SET_UP_NOT_ASKED = { outcome: 'signed-in', reason: 'it does not ask for the set-up' };

const CHOICE_DIFFERS = {
  moto: noChoice('PARAMETER_REFUSED'),
  ministack: noChoice('PARAMETER_REFUSED'),
  'ministack-strict': noChoice('PARAMETER_REFUSED'),
  'cognito-local': noChoice('FLOW_NOT_ENABLED'),
};
const CUSTOM_DIFFERS = {
  moto: noTriggers('REPLY_MALFORMED'),
  'cognito-local': noTriggers('FLOW_NOT_ENABLED'),
};

/** @type {readonly object[]} */
export const FACTOR_CASES = [
  {
    name: 'SRP, authenticator app',
    right: 'signed-in after SOFTWARE_TOKEN_MFA',
    differs: { 'cognito-local': NO_SRP },
    attempt: (driver, server) => answerApp(driver, server, {}),
  },
  {
    name: 'SRP, wrong code of the app',
    right: 'CODE_MISMATCH',
    differs: { moto: everyCode('signed-in after SOFTWARE_TOKEN_MFA'), 'cognito-local': NO_SRP },
    attempt: (driver, server) => answerApp(driver, server, {}, toWrongCode),
  },
  {
    name: 'SRP, text message',
    right: 'signed-in after SMS_MFA',
    differs: { ministack: NO_MESSAGES, 'ministack-strict': NO_MESSAGES, 'cognito-local': NO_SRP },
    attempt: (driver, server) => answerMessage(driver, server, {}),
  },
  {
    name: 'SRP, wrong code of the message',
    right: 'CODE_MISMATCH',
    differs: {
      moto: everyCode('signed-in after SMS_MFA'),
      ministack: NO_MESSAGES,
      'ministack-strict': NO_MESSAGES,
      'cognito-local': NO_SRP,
    },
    attempt: (driver, server) => answerMessage(driver, server, {}, toWrongCode),
  },
  {
    name: 'SRP, sets up an app',
    right: 'signed-in after MFA_SETUP',
    differs: {
      moto: {
        outcome: 'CHALLENGE_PARAMETER_INVALID',
        reason: 'its MFAS_CAN_SETUP is a list, and at AWS a text with JSON',
      },
      ministack: SET_UP_NOT_ASKED,
      'ministack-strict': SET_UP_NOT_ASKED,
      'cognito-local': NO_SRP,
      fakecloud: FORGOTTEN_SESSION,
    },
    attempt: (driver, server) => setUpApp(driver, server, {}),
  },
  {
    name: 'password, authenticator app',
    right: 'signed-in after SOFTWARE_TOKEN_MFA',
    attempt: (driver, server) => answerApp(driver, server, BY_PASSWORD),
  },
  {
    name: 'password, wrong code of the app',
    right: 'CODE_MISMATCH',
    differs: { moto: everyCode('signed-in after SOFTWARE_TOKEN_MFA') },
    attempt: (driver, server) => answerApp(driver, server, BY_PASSWORD, toWrongCode),
  },
  {
    name: 'password, text message',
    right: 'signed-in after SMS_MFA',
    differs: { ministack: NO_MESSAGES, 'ministack-strict': NO_MESSAGES, 'cognito-local': NO_MFA_OPTIONS },
    attempt: (driver, server) => answerMessage(driver, server, BY_PASSWORD),
  },
  {
    name: 'password, wrong code of the message',
    right: 'CODE_MISMATCH',
    differs: {
      moto: everyCode('signed-in after SMS_MFA'),
      ministack: NO_MESSAGES,
      'ministack-strict': NO_MESSAGES,
      'cognito-local': NO_MFA_OPTIONS,
    },
    attempt: (driver, server) => answerMessage(driver, server, BY_PASSWORD, toWrongCode),
  },
  {
    name: 'password, sets up an app',
    right: 'signed-in after MFA_SETUP',
    differs: {
      moto: SET_UP_NOT_ASKED,
      ministack: SET_UP_NOT_ASKED,
      'ministack-strict': SET_UP_NOT_ASKED,
      'cognito-local': { outcome: 'REFUSED', reason: 'it refuses a user without a second factor' },
      fakecloud: FORGOTTEN_SESSION,
    },
    attempt: (driver, server) => setUpApp(driver, server, BY_PASSWORD),
  },
  {
    name: 'custom challenge',
    right: 'signed-in after CUSTOM_CHALLENGE',
    differs: CUSTOM_DIFFERS,
    attempt: (driver, server) => answerCustomChallenge(driver, server, {}),
  },
  {
    name: 'custom challenge, wrong answer',
    right: 'INCORRECT_USERNAME_OR_PASSWORD',
    differs: {
      ...CUSTOM_DIFFERS,
      fakecloud: {
        outcome: 'REFUSED',
        reason: 'its text tells of the trigger, and that of AWS is the one for a wrong password',
      },
    },
    attempt: (driver, server) => answerCustomChallenge(driver, server, { word: 'open' }),
  },
  {
    name: 'SRP, then a custom challenge',
    right: 'signed-in after CUSTOM_CHALLENGE',
    differs: CUSTOM_DIFFERS,
    reliesOn: { fakecloud: NO_PROOF_IN_CUSTOM },
    attempt: (driver, server) => answerCustomChallenge(driver, server, { password: PASSWORD }),
  },
  {
    name: 'SRP with a wrong password, then a custom challenge',
    right: 'INCORRECT_USERNAME_OR_PASSWORD',
    differs: {
      ...CUSTOM_DIFFERS,
      fakecloud: { outcome: 'signed-in after CUSTOM_CHALLENGE', reason: NO_PROOF_IN_CUSTOM },
    },
    attempt: (driver, server) => answerCustomChallenge(driver, server, { password: 'Wrong-Horse-9' }),
  },
  {
    name: 'choice of the first factor: SRP preferred',
    right: 'signed-in',
    differs: CHOICE_DIFFERS,
    attempt: (driver, server) =>
      chooseFactor(driver, server, { password: PASSWORD, preferredChallenge: 'PASSWORD_SRP' }),
  },
  {
    name: 'choice of the first factor: PASSWORD chosen',
    right: 'signed-in after SELECT_CHALLENGE',
    differs: CHOICE_DIFFERS,
    attempt: (driver, server) => chooseFactor(driver, server, { password: PASSWORD }, 'PASSWORD'),
  },
  {
    name: 'choice of the first factor: PASSWORD_SRP chosen',
    right: 'signed-in after SELECT_CHALLENGE',
    differs: CHOICE_DIFFERS,
    attempt: (driver, server) => chooseFactor(driver, server, { password: PASSWORD }, 'PASSWORD_SRP'),
  },
  {
    name: 'choice of the first factor: code by e-mail',
    right: 'signed-in after EMAIL_OTP',
    differs: {
      ...CHOICE_DIFFERS,
      fakecloud: {
        outcome: 'asks for SELECT_CHALLENGE',
        reason: 'it offers PASSWORD and PASSWORD_SRP alone',
      },
    },
    attempt: (driver, server) => chooseFactor(driver, server, { preferredChallenge: 'EMAIL_OTP' }),
  },
  {
    name: 'SRP, remembered device',
    right: 'signed-in by the device',
    differs: {
      moto: NO_DEVICES,
      ministack: NO_DEVICES,
      'ministack-strict': NO_DEVICES,
      'cognito-local': NO_SRP,
      fakecloud: NO_DEVICES,
    },
    attempt: (driver, server) => rememberDevice(driver, server, {}),
  },
  {
    name: 'password, remembered device',
    right: 'signed-in by the device',
    differs: {
      moto: NO_DEVICES,
      ministack: NO_DEVICES,
      'ministack-strict': NO_DEVICES,
      'cognito-local': NO_DEVICES,
      fakecloud: NO_DEVICES,
    },
    attempt: (driver, server) => rememberDevice(driver, server, BY_PASSWORD),
  },
];
