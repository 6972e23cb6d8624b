/**
 * The unit tests that cannot pass in a runtime, each with what the runtime lacks. They run there all the same, and one that passes is
 * reported, so that this list does not grow old. What a runtime does differently and a program would notice does not belong here: it
 * is a fault.
 */

/** @type {readonly { runtime: string, file: string, tests: readonly string[], reason: string }[]} */
export const LEFT_OUT = [
  {
    runtime: 'bun',
    file: 'test/srp/timestamp-locale.test.ts',
    tests: [
      'the locale and the time zone of the machine take no part TZ=Asia/Kolkata LC_ALL=ar_EG.UTF-8',
      'the locale and the time zone of the machine take no part TZ=America/New_York LC_ALL=th_TH.UTF-8',
      'the locale and the time zone of the machine take no part TZ=Pacific/Kiritimati LC_ALL=fa_IR.UTF-8',
    ],
    reason: 'Bun has one locale, `en-US`, whatever the environment says, so no test can set another.',
  },
  {
    runtime: 'bun',
    file: 'test/session/abort.test.ts',
    tests: [
      'a body stream is cancelled where nobody is signed in',
      'a body stream is cancelled where the signal ends the wait for a token',
      'a body stream is cancelled where a `fetch` that has not read it rejects, and the failure is told',
      'a body stream is cancelled where a `fetch` rejects that still reads it, and the failure is told',
    ],
    reason:
      'Bun leaves the body of a request with that request when `new Request(request)` copies it, so nobody but the owner of the first one can cancel it.',
  },
];
