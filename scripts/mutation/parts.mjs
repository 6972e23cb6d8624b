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

/** The files of the sign-in that know what a challenge shows and what answers it. */
const OF_CHALLENGES = [
  'src/cognito/sign-in/{answer-members,challenge-table,challenge-types,kept-challenge,passkey-json}.ts',
  'src/cognito/sign-in/{software-token-setup,start-software-token-setup}.ts',
];

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
    about: '`src/cognito/sign-in`: `signIn` and `respond`, the flows, the replies and the device',
    mutate: ['src/cognito/sign-in/*.ts', ...OF_CHALLENGES.map((path) => `!${path}`)],
    project: 'unit',
    tests: [
      OF_EVERY_CALL,
      'test/cognito/{abort,chains,challenge-rows,device-refusals,replies,scripted-devices,scripted-sign-in,secret-hash,sign-in-messages,step-up,token-times}.test.ts',
      'test/cognito/peer-bugs/{challenges,devices}.test.ts',
    ],
    first: ['test/cognito/sign-in-messages.test.ts', 'test/cognito/scripted-sign-in.test.ts'],
  },
  challenges: {
    about:
      '`src/cognito/sign-in`: the table of challenges, kept challenges, passkeys, authenticator apps; and the checks of values',
    mutate: [...OF_CHALLENGES, 'src/cognito/values.ts'],
    project: 'unit',
    tests: [
      'test/cognito/{account,bad-input,chains,challenge-rows,incomplete-replies,missing-members,offered-names}.test.ts',
      'test/cognito/{passkey-json,replies,resume,secret-hash,sign-in-messages}.test.ts',
      'test/cognito/peer-bugs/{challenges,devices,signatures}.test.ts',
      'test/flow/challenge-form.test.ts',
    ],
    first: ['test/cognito/challenge-rows.test.ts', 'test/cognito/sign-in-messages.test.ts'],
  },
  tokens: {
    about: '`src/cognito/tokens`: refresh, revocation and storage of tokens, and how their claims are read',
    mutate: ['src/cognito/tokens/*.ts', 'src/cognito/claims.ts'],
    project: 'unit',
    tests: [
      OF_EVERY_CALL,
      'test/cognito/{account-operations,identity-pool-login,incomplete-replies,missing-operations,scripted-refresh}.test.ts',
      'test/cognito/{token-keeper,token-keeper-abort,token-keeper-calls,token-times,user-store,user-store-alias,user-store-encoded,user-store-failures,user-store-items}.test.ts',
      'test/cognito/peer-bugs/replies.test.ts',
    ],
    first: ['user-store-items', 'token-keeper-calls', 'scripted-refresh'].map(
      (name) => `test/cognito/${name}.test.ts`,
    ),
  },
  devices: {
    about: '`src/cognito/devices`: remembered devices',
    mutate: ['src/cognito/devices/*.ts'],
    project: 'unit',
    tests: [
      OF_EVERY_CALL,
      'test/cognito/{device-refusals,devices,incomplete-replies}.test.ts',
      'test/cognito/peer-bugs/devices.test.ts',
    ],
  },
  account: {
    about: '`src/cognito/account`: sign-up, recovery and what a signed-in user changes',
    mutate: ['src/cognito/account/*.ts'],
    project: 'unit',
    tests: [
      OF_EVERY_CALL,
      'test/cognito/{account,account-operations,incomplete-replies,missing-operations}.test.ts',
    ],
  },
  'pool-sign-in': {
    about: "the pool's sign-in: `pool/src/sign-in`, its SRP, authenticator apps and lock-out",
    mutate: ['pool/src/sign-in/*.ts', 'pool/src/domain/{lockout,srp-host,totp}.ts'],
    project: 'pool',
    tests: [
      'pool/test/{admission,arithmetic/at-once,at-the-same-time,custom-auth,device-challenges,device-proof,device-session,devices,hidden-users}.test.ts',
      'pool/test/{mfa,passkey-mfa,passkeys,re-created-users,refresh,refusal-reasons,reported-cases,revocation}.test.ts',
      'pool/test/{authenticator-app,operations,sessions,sign-in-requests,srp,step-up,token-sessions,user-auth,wrong-passkeys}.test.ts',
      'pool/test/{login/login-api,login/ticket,pools/mfa-factors,triggers/order}.test.ts',
      'pool/test/triggers/{auth-challenges,post-authentication,pre-authentication,user-migration}.test.ts',
    ],
  },
  'pool-proofs': {
    about: "what the pool's other operations check proofs with too: secret hashes, passwords, passkeys",
    mutate: ['pool/src/domain/{admission,passkeys,passwords}.ts'],
    project: 'pool',
    tests: [
      'pool/test/{admin-create-user,admin-users,admission,clients,hidden-users,passkey-mfa,passkeys,passwords,re-created-users,refresh,revocation}.test.ts',
      'pool/test/{reported-cases,sessions,sign-in-requests,sign-up,srp,step-up,user-auth,user-operations,wrong-passkeys}.test.ts',
      'pool/test/{login/confirm-user,pools/pool-settings,triggers/order,triggers/user-migration}.test.ts',
    ],
    first: ['admission', 'wrong-passkeys', 'passkeys', 'passwords'].map(
      (name) => `pool/test/${name}.test.ts`,
    ),
  },
};
