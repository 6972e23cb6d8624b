/** Why servers of others answer something else than AWS, where more than one row has the reason. */

export const NO_SRP = { outcome: 'FLOW_NOT_ENABLED', reason: 'it has no SRP' };

export const OPAQUE_BLOCK = { moto: 'SECRET_BLOCK is opaque: moto sends a uuid' };

/** @param {string} outcome of a sign-in with a wrong code */
export const everyCode = (outcome) => ({ outcome, reason: 'it takes every code' });

export const CODES_UNCHECKED = {
  outcome: 'signed-in',
  reason: 'it takes every code, unless its variable AUTH is true',
};

export const NO_MESSAGES = {
  outcome: 'signed-in',
  reason: 'it asks for the code of an app alone',
};

export const NO_MFA_OPTIONS = {
  outcome: 'REFUSED',
  reason: 'it reads MFAOptions of the user, which none of its operations sets',
};

/** @param {string} outcome of CUSTOM_AUTH */
export const noTriggers = (outcome) => ({ outcome, reason: 'it has no triggers for CUSTOM_AUTH' });

/** @param {string} outcome of USER_AUTH */
export const noChoice = (outcome) => ({ outcome, reason: 'it does not know the flow USER_AUTH' });

export const NO_DEVICES = { outcome: 'signed-in', reason: 'its sign-ins tell of no new device' };
