/** The configuration of the cases, as a user of the fixtures would write it. playwright-fixtures.test.ts sets the variables. */
import { defineConfig } from '@playwright/test';

const { CHROMIUM_PATH, CHROMIUM_ARGUMENTS = '', OUTPUT_FOLDER } = process.env;

export default defineConfig({
  testDir: '.',
  testMatch: 'cases.spec.mjs',
  outputDir: OUTPUT_FOLDER,
  reporter: 'json',
  workers: 2,
  use: {
    baseURL: 'http://app.test',
    launchOptions: { executablePath: CHROMIUM_PATH, args: CHROMIUM_ARGUMENTS.split(' ') },
    storageState: {
      cookies: [],
      origins: [
        { origin: 'http://app.test', localStorage: [{ name: 'theme', value: 'dark' }] },
        { origin: 'http://other.test', localStorage: [{ name: 'kept', value: 'yes' }] },
      ],
    },
    poolOptions: { users: [{ username: 'alice' }, { username: 'bob' }] },
  },
});
