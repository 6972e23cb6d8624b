/**
 * `npm run check`: counts the lines, checks the types, builds the page, and walks through it in Chromium with a local pool. With
 * `SCREENSHOTS=FOLDER` it keeps a picture of each form there.
 */
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createPoolService } from 'cognito-local-pool';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import {
  CreateAuthChallenge as createAuthChallenge,
  DefineAuthChallenge as defineAuthChallenge,
  VerifyAuthChallengeResponse as verifyAuthChallengeResponse,
} from '../triggers.mjs';
import { countLines } from './count-lines.mjs';
import { JOURNEYS } from './journeys.mjs';
import { openPage } from './page.mjs';

const LINE_LIMIT = 120;

const lines = countLines('src');
const total = Object.values(lines).reduce((sum, count) => sum + count);
console.log(`${total} lines of code besides markup and styles:`, lines);
if (total > LINE_LIMIT) throw new Error(`The page may have ${LINE_LIMIT} lines`);
execSync('npm run --silent types', { stdio: 'inherit' });

const seed = JSON.parse(readFileSync('pool.json', 'utf8'));
const triggers = { defineAuthChallenge, createAuthChallenge, verifyAuthChallengeResponse };
const pools = createPoolService({ pools: seed.pools.map((pool) => ({ ...pool, triggers })) });
const service = await pools.listen();
// A variable of the environment wins over the file .env
process.env['VITE_ENDPOINT'] = service.endpoint;
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'],
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const { mode, walks } of JOURNEYS) {
    const outDir = `dist/${mode}`;
    await build({ mode, logLevel: 'warn', build: { outDir } });
    const server = await preview({
      mode,
      logLevel: 'warn',
      build: { outDir },
      preview: { port: 0, host: '127.0.0.1' },
    });
    const address = `http://localhost:${server.httpServer.address().port}/`;
    for (const [title, walk] of Object.entries(walks)) {
      const page = await openPage(browser, address, pools, service.endpoint);
      await walk(page).catch(async (error) => {
        throw new Error(`${title}: the page shows\n${await page.text()}`, { cause: error });
      });
      await page.close();
      console.log(`ok ${title}`);
    }
    await server.close();
  }
} finally {
  await browser.close();
  await service.close();
}
