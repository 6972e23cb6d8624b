import { addPoolTasks } from 'cognito-local-pool/cypress';
import { defineConfig } from 'cypress';
import { APP_PORT, POOL_PORT } from './ports.mjs';

export default defineConfig({
  e2e: {
    baseUrl: `http://127.0.0.1:${APP_PORT}`,
    setupNodeEvents: (on, config) =>
      addPoolTasks(on, config, {
        port: POOL_PORT,
        pool: {
          users: [
            { username: 'alice', password: 'Correct-Horse-9' },
            { username: 'bob', password: 'Correct-Horse-9', mfa: { sms: '+4915100000008' } },
          ],
        },
      }),
  },
});
