import { defineConfig } from '@playwright/test';
import type { PoolFixtures, PoolWorkerFixtures } from 'cognito-local-pool/playwright';

const baseURL = `http://127.0.0.1:${process.env['PORT'] ?? 3000}`;

export default defineConfig<PoolFixtures, PoolWorkerFixtures>({
  testDir: 'tests',
  fullyParallel: true,
  use: {
    baseURL,
    // Without the variable, the browser that `npx playwright install chromium` has brought
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'] },
    poolOptions: {
      users: [
        { username: 'alice', password: 'Correct-Horse-9' },
        { username: 'bob', password: 'Correct-Horse-9', mfa: { sms: '+4915100000008' } },
      ],
    },
  },
  webServer: { command: 'npm start', url: baseURL },
});
