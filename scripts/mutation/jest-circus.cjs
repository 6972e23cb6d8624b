/**
 * Jest's runner of a test file, which does not load a file once another one has noticed the mutant. Loading the files takes longer than their
 * tests. Stryker knows by "jest-circus" in the path that the tests report their events to the environment.
 */
const { createEmptyTestResult } = require('@jest/test-result');
const { default: circus } = require('jest-circus/runner');

/** Jest refuses a file without a test. */
const NOT_LOADED = { ancestorTitles: [], failureMessages: [], fullName: '', status: 'pending', title: '' };

module.exports = async (globalConfig, config, environment, runtime, testPath, ...rest) =>
  environment.hasNoticed()
    ? {
        ...createEmptyTestResult(),
        numPendingTests: 1,
        testFilePath: testPath,
        testResults: [NOT_LOADED],
      }
    : circus(globalConfig, config, environment, runtime, testPath, ...rest);
