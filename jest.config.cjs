/** The suite in tiers, each a Jest project. CONTRIBUTING.md says which command runs which of them. */

/** Tests that start processes of the built package. */
const WITH_PROCESSES = [
  '<rootDir>/test/cli/{processes,unwritable-output}.test.ts',
  '<rootDir>/test/storage/{file-storage,without-links}.test.ts',
];
/** Tests of the packed pool, and those that start processes of its built command. */
const BUILT_POOL = [
  '<rootDir>/pool/test/package/**/*.test.ts',
  '<rootDir>/pool/test/cli/{processes,data-folder,triggers}.test.ts',
];
/**
 * Tests of the page of managed login, of sign-in by redirect through it, and of the fixtures for Playwright, with the built pool and a
 * browser.
 */
const POOL_BROWSER = [
  '<rootDir>/pool/test/browser/**/*.test.ts',
  '<rootDir>/test/redirect-in-browser/**/*.test.ts',
];
/** The formulas over jsbn and buffer, and as much of the protocol as calls each of them. */
const PORTABLE = [
  '<rootDir>/test/srp/**/*.test.ts',
  '<rootDir>/test/cognito/{chains,sign-in,peer-bugs/devices,peer-bugs/signatures}.test.ts',
];

function project(displayName, testMatch, { conditions = [], except = [], ...options } = {}) {
  return {
    displayName,
    // Jest replaces <rootDir> at the begin of a pattern alone
    testMatch: [...testMatch, ...except.map((pattern) => pattern.replace('<rootDir>', '!**'))],
    testEnvironment: 'node',
    testEnvironmentOptions: {
      customExportConditions: [...conditions, 'node', 'node-addons'],
      // Otherwise Jest deletes the members of what a file has put into its globals. All files of a worker share the prototypes of
      // Node's web crypto, so a later file got a CryptoKey without `extractable`.
      globalsCleanup: 'off',
    },
    transform: { '\\.[cm]?[jt]s$': '<rootDir>/scripts/jest-transform.cjs' },
    // These packages are ESM only
    transformIgnorePatterns: ['/node_modules/(?!(@noble|jose|oauth4webapi|openid-client)/)'],
    // Where there is a navigator, as in Node 22 and 24, jsbn multiplies by floating point and calls Math.floor for each digit. In the
    // realm of a test every use of a global is slow, and the tests of jsbn took many times as long.
    sandboxInjectedGlobals: ['Math'],
    setupFiles: ['<rootDir>/test/setup.ts'],
    ...options,
  };
}

/** A project whose tests start processes or browsers, with the built package. */
const built = (displayName, testMatch, options) =>
  project(displayName, testMatch, {
    globalSetup: '<rootDir>/scripts/jest-build.mjs',
    setupFilesAfterEnv: ['<rootDir>/test/setup-processes.ts'],
    ...options,
  });

module.exports = {
  projects: [
    project(
      'unit',
      [
        '<rootDir>/test/{srp,cognito,flow,session,cookies,redirect,texts,storage,verify,cli,fuzz}/**/*.test.ts',
      ],
      {
        except: WITH_PROCESSES,
      },
    ),
    project('portable', PORTABLE, {
      conditions: ['portable'],
      // It compares the two arithmetics, whichever of them the build has
      except: ['<rootDir>/test/srp/big-integer.test.ts'],
    }),
    project('interop', ['<rootDir>/test/interop/**/*.test.ts']),
    built('browser', ['<rootDir>/test/browser/**/*.test.ts']),
    built('page', ['<rootDir>/test/page/**/*.test.ts']),
    built('package', ['<rootDir>/test/{package,examples,suite}/**/*.test.ts', ...WITH_PROCESSES]),
    project('pool', ['<rootDir>/pool/test/**/*.test.ts'], { except: [...BUILT_POOL, ...POOL_BROWSER] }),
    built('pool-package', BUILT_POOL),
    built('pool-browser', POOL_BROWSER),
    built('runtimes', ['<rootDir>/test/runtimes/**/*.test.ts']),
  ],
  // One more than the cores of a small machine, because many tests wait for a browser, a process or a lock. With two workers the
  // cores were idle for a third of the time.
  maxWorkers: 3,
  // Jest reads no time limit of a project, see test/setup-processes.ts
  testTimeout: 60_000,
  testSequencer: '<rootDir>/scripts/jest-sequencer.cjs',
  // A worker with an open handle never ends, however long one waits. One without may need more than half a second on a busy machine.
  workerGracefulExitTimeout: 10_000,
};
