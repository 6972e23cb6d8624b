/**
 * The parts that `npm run mutation` measures: which files are changed, and which tests have to notice.
 *
 * A test file that starts processes, waits for real time or reads the source is left out of its part, because a part runs its tests
 * many hundred times.
 */

/**
 * @typedef {object} Part
 * @property {string} about what is changed, for the summary
 * @property {string[]} mutate the files that are changed, as globs. One with a `!` is left out.
 * @property {'unit' | 'pool'} project the project of jest.config.cjs whose settings the tests run with
 * @property {string[]} tests the test files, as globs. One with a `!` comes last and is left out.
 * @property {string[]} [first] the test files that notice most, which run before the others, in this order
 * @property {boolean} [everySurvivorArgued] whether a survivor that is not in the list of the argued ones fails the run
 */

/** Tests that every call of the public interface has: what it sends, and what it refuses before. */
const OF_EVERY_CALL = 'test/cognito/{every-call,missing-members,bad-input}.test.ts';

/** @type {Readonly<Record<string, Part>>} */
export const PARTS = {
  srp: {
    about: '`src/srp`: formulas, the arithmetic and the encodings of both builds, hashes',
    mutate: ['src/srp/*.ts'],
    project: 'unit',
    tests: [
      'test/srp/*.test.ts',
      'test/cognito/bad-input.test.ts',
      // They read the source, and start processes
      '!test/srp/{powers-source,timestamp-locale}.test.ts',
    ],
    // The first one ends mutants that compute right and for minutes
    first: ['powers-work', 'vectors', 'wire-parameters', 'runtime', 'encoding'].map(
      (name) => `test/srp/${name}.test.ts`,
    ),
    everySurvivorArgued: true,
  },
  client: {
    about:
      '`src/cognito/client`: one request, its endpoint and its repetition, without the table of refusals',
    mutate: ['src/cognito/client/*.ts', '!src/cognito/client/refusal*.ts'],
    project: 'unit',
    tests: [
      'test/cognito/{abort,account-operations,bad-input,clock,endpoint,replies,retry,secret-hash,transport}.test.ts',
      'test/cognito/peer-bugs/pools-and-endpoints.test.ts',
      'test/srp/random.test.ts',
    ],
  },
  refusals: {
    about: '`src/cognito/client/refusals.ts` and its table: what each refusal of the service means',
    mutate: ['src/cognito/client/refusal*.ts'],
    project: 'unit',
    tests: ['test/cognito/{refusals,transport}.test.ts'],
  },
  'sign-in': {
    about: '`src/cognito/sign-in`: `signIn`, `respond`, the flows and the table of challenges',
    mutate: ['src/cognito/sign-in/*.ts'],
    project: 'unit',
    tests: [
      OF_EVERY_CALL,
      'test/cognito/{abort,chains,challenges,clock,device-refusals,offered-names,resume,secret-hash,sign-in,sign-in-messages,step-up}.test.ts',
      'test/cognito/{replies,user-store}.test.ts',
      'test/cognito/peer-bugs/*.test.ts',
    ],
    first: ['test/cognito/sign-in-messages.test.ts', 'test/cognito/challenges.test.ts'],
  },
  tokens: {
    about: '`src/cognito/tokens`: refresh, revocation and storage of tokens',
    mutate: ['src/cognito/tokens/*.ts'],
    project: 'unit',
    tests: [
      OF_EVERY_CALL,
      'test/cognito/{identity-pool-login,token-keeper,user-store,user-store-encoded,user-store-failures}.test.ts',
    ],
  },
  devices: {
    about: '`src/cognito/devices`: remembered devices',
    mutate: ['src/cognito/devices/*.ts'],
    project: 'unit',
    tests: [
      OF_EVERY_CALL,
      'test/cognito/{device-refusals,devices}.test.ts',
      'test/cognito/peer-bugs/devices.test.ts',
    ],
  },
  account: {
    about: '`src/cognito/account`: sign-up, recovery and what a signed-in user changes',
    mutate: ['src/cognito/account/*.ts'],
    project: 'unit',
    tests: [OF_EVERY_CALL, 'test/cognito/{account,account-operations,missing-operations}.test.ts'],
  },
  'pool-sign-in': {
    about: "the pool's sign-in: `pool/src/sign-in`, its SRP and what else checks proofs",
    mutate: ['pool/src/sign-in/*.ts', 'pool/src/domain/{lockout,srp-host,totp}.ts'],
    project: 'pool',
    tests: [
      'pool/test/{admission,custom-auth,device-challenges,device-proof,device-session,devices,hidden-users}.test.ts',
      'pool/test/{mfa,passkey-mfa,passkeys,re-created-users,refresh,refusal-reasons,reported-cases,revocation}.test.ts',
      'pool/test/{sessions,srp,step-up,token-sessions,user-auth}.test.ts',
      'pool/test/triggers/{auth-challenges,post-authentication,pre-authentication,user-migration}.test.ts',
    ],
  },
};
