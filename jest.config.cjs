/** Two projects over one suite: the default build (bigint) and the portable one (jsbn, buffer). */
const project = (displayName, conditions, testMatch) => ({
  displayName,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: [...conditions, 'node', 'node-addons'] },
  testMatch,
  transform: { '\\.[cm]?[jt]s$': '<rootDir>/scripts/jest-transform.cjs' },
  // @noble/hashes and jose are ESM only
  transformIgnorePatterns: ['/node_modules/(?!(@noble|jose)/)'],
  setupFiles: ['<rootDir>/test/setup.ts'],
});

module.exports = {
  projects: [
    project('native', [], ['<rootDir>/test/**/*.test.ts']),
    project('jsbn', ['portable'], ['<rootDir>/test/{srp,cognito}/**/*.test.ts']),
  ],
  maxWorkers: 2,
  testTimeout: 30_000,
};
