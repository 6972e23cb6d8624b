/** Jest's configuration for one part of `npm run mutation`, whose name is in the variable MUTATION_PART. */
const { resolve } = require('node:path');
const { projects } = require('../../jest.config.cjs');

module.exports = async () => {
  const { PARTS } = await import('./parts.mjs');
  const { project, tests } = PARTS[process.env.MUTATION_PART];
  const settings = projects.find(({ displayName }) => displayName === project);
  return {
    ...settings,
    rootDir: resolve(__dirname, '../..'),
    // Jest replaces <rootDir> at the begin of a pattern alone
    testMatch: tests.map((glob) => (glob.startsWith('!') ? `!**/${glob.slice(1)}` : `<rootDir>/${glob}`)),
    testTimeout: 60_000,
    // Jest looks through its folders at every run, and there is one for each mutant
    watchman: false,
    roots: ['src', 'test', 'vectors', 'pool/src', 'pool/test'].map((folder) => `<rootDir>/${folder}`),
    // Stryker resolves this path itself
    testEnvironment: resolve(__dirname, 'environment.cjs'),
    testRunner: resolve(__dirname, 'jest-circus.cjs'),
    testSequencer: '<rootDir>/scripts/mutation/sequencer.cjs',
    setupFiles: [...settings.setupFiles, '<rootDir>/scripts/mutation/properties.cjs'],
  };
};
