/** Which calls of the pool fail during the soak, and how a call that met a fault may end. */

/** How long a slow reply is held back, in milliseconds. */
export const SLOW_MS = 250;
/** How far a faulty clock is ahead, in seconds. It is more than the pool tolerates. */
const AHEAD_S = 7200;

/**
 * One row for each kind of call: every so many of them, the next fault of the list is injected. No two rows match the same call, so a
 * call meets one fault at most.
 */
const ROWS = [
  {
    operation: 'InitiateAuth',
    every: 23,
    faults: ['throttle', 'slow', 'reset-before', 'internal-error', 'truncated-body', 'html', 'reset-after'],
  },
  {
    operation: 'RespondToAuthChallenge',
    challengeName: 'PASSWORD_VERIFIER',
    every: 19,
    faults: ['slow', 'reset-after', 'throttle', 'clock-ahead', 'truncated-body', 'internal-error', 'html'],
  },
  {
    operation: 'RespondToAuthChallenge',
    challengeName: 'SOFTWARE_TOKEN_MFA',
    every: 11,
    faults: ['session-lost', 'reset-before', 'throttle'],
  },
  {
    operation: 'RespondToAuthChallenge',
    challengeName: 'DEVICE_SRP_AUTH',
    every: 7,
    faults: ['zero-B', 'slow', 'internal-error'],
  },
  {
    operation: 'RespondToAuthChallenge',
    challengeName: 'DEVICE_PASSWORD_VERIFIER',
    every: 9,
    faults: ['throttle', 'reset-after'],
  },
  {
    operation: 'GetTokensFromRefreshToken',
    every: 17,
    faults: ['reset-after', 'throttle', 'truncated-body', 'slow', 'internal-error'],
  },
  { operation: 'ConfirmDevice', every: 11, faults: ['reset-after', 'throttle'] },
  { operation: 'SignUp', every: 7, faults: ['reset-after', 'throttle', 'internal-error'] },
  { operation: 'ConfirmSignUp', every: 9, faults: ['reset-before', 'throttle', 'truncated-body'] },
  { operation: 'ForgotPassword', every: 7, faults: ['truncated-body', 'throttle', 'reset-after'] },
  { operation: 'ConfirmForgotPassword', every: 7, faults: ['internal-error', 'reset-after', 'throttle'] },
  { operation: 'AdminCreateUser', every: 13, faults: ['reset-after', 'internal-error', 'throttle'] },
  { operation: 'AdminDeleteUser', every: 17, faults: ['reset-after', 'throttle'] },
  { operation: 'ListUsers', every: 11, faults: ['truncated-body', 'html', 'slow'] },
  { operation: 'GlobalSignOut', every: 9, faults: ['reset-after', 'throttle'] },
  { operation: 'GetUser', every: 29, faults: ['throttle', 'truncated-body', 'reset-before'] },
  { operation: 'RevokeToken', every: 9, faults: ['internal-error', 'reset-after'] },
];

/** Whose name a call has in the counts: those that a rule can tell apart. */
export const callName = (operation, challengeName) =>
  ROWS.some((row) => row.challengeName !== undefined && row.challengeName === challengeName)
    ? `${operation} ${challengeName}`
    : operation;

/** @param calls how many calls of one kind the rules last for */
export const faultRules = (calls) =>
  ROWS.flatMap(({ operation, challengeName, every, faults }) =>
    Array.from({ length: Math.floor(calls / every) }, (_, i) => {
      const name = faults[i % faults.length];
      return {
        name,
        operation,
        ...(challengeName && { challengeName }),
        nth: (i + 1) * every,
        ...(name === 'slow' && { delay: SLOW_MS }),
        ...(name === 'clock-ahead' && { ahead: AHEAD_S }),
      };
    }),
  );

/**
 * How many faults the pool has injected.
 *
 * @param {Record<string, number>} sent how many calls it got, by `callName`
 * @returns {Record<string, number>} by the name of the fault
 */
export function injectedFaults(sent) {
  const injected = {};
  for (const { operation, challengeName, every, faults } of ROWS) {
    const times = Math.floor((sent[callName(operation, challengeName)] ?? 0) / every);
    for (let i = 0; i < times; i++) {
      const name = seenAs(faults[i % faults.length]);
      injected[name] = (injected[name] ?? 0) + 1;
    }
  }
  return injected;
}

/** Whoever sends a request cannot tell on which way it was lost. */
const seenAs = (name) => (name.startsWith('reset-') ? 'reset' : name);

/** How a call may end that met the fault, beside the end that it has without one. The engine's codes come first, then those of the API. */
export const ENDS = {
  throttle: ['THROTTLED', 'TooManyRequestsException'],
  'internal-error': ['INTERNAL_ERROR', 'InternalErrorException'],
  reset: ['NETWORK_FAILED', 'NO_REPLY'],
  // The name of a refusal is also in a header, so half of its body is a refusal without a text
  'truncated-body': ['BODY_NOT_JSON', 'NO_REPLY', 'REFUSED'],
  html: ['BODY_NOT_JSON', 'NO_REPLY'],
  'session-lost': ['SESSION_INVALID'],
  'zero-B': ['SRP_B_INVALID'],
  'clock-ahead': ['TIMESTAMP_REFUSED', 'INCORRECT_USERNAME_OR_PASSWORD'],
  slow: [],
  // Not injected: a busy machine took so long for a flow that what it was given has expired
  late: [
    'CODE_MISMATCH',
    'CODE_EXPIRED',
    'SESSION_EXPIRED',
    'ACCESS_TOKEN_REFUSED',
    'REFRESH_TOKEN_REFUSED',
    'REFRESH_TOKEN_REUSED',
    'TOKEN_INVALID',
  ],
};
