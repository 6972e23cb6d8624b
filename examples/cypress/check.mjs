/**
 * Runs the tests where Cypress has its binary. Where it has none, as with CYPRESS_INSTALL_BINARY=0, this runs `setupNodeEvents` and its
 * tasks as Cypress would, and says so.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { build } from 'esbuild';

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
process.env.PORT = String(await freePort());
process.env.POOL_PORT = String(await freePort());

const app = spawn(process.execPath, ['serve.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  await new Promise((done, fail) => {
    app.stdout.once('data', done);
    app.once('exit', () => fail(new Error('The application does not start')));
  });
  const hasBinary = spawnSync('npx', ['cypress', 'verify'], { stdio: 'ignore' }).status === 0;
  if (hasBinary) execFileSync('npx', ['cypress', 'run'], { stdio: 'inherit' });
  else await withoutBinary();
} finally {
  app.kill();
}

async function withoutBinary() {
  console.log('Cypress has no binary here. Its tasks are run without it, and its tests are compiled alone.');
  mkdirSync('dist', { recursive: true });
  // The package cypress cannot be loaded without its binary. defineConfig returns what it is given
  writeFileSync('dist/cypress.mjs', 'export const defineConfig = (config) => config;');
  await build({
    entryPoints: ['cypress.config.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: 'dist/config.mjs',
    packages: 'external',
    alias: { cypress: './dist/cypress.mjs' },
  });
  await build({ entryPoints: ['cypress/support/e2e.ts'], bundle: true, outfile: 'dist/support.js' });
  const { default: config } = await import('./dist/config.mjs');
  const tasks = {};
  const on = (_, added) => Object.assign(tasks, added);
  const { env } = await config.e2e.setupNodeEvents(on, { ...config.e2e, env: {} });
  const items = await tasks['pool:signIn']({ username: 'alice' });
  const { value: accessToken } = items.find(({ name }) => name.endsWith('.alice.accessToken'));
  const reply = await fetch(env.poolEndpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
    },
    body: JSON.stringify({ AccessToken: accessToken }),
  });
  const { Username: username } = await reply.json();
  if (username !== 'alice') throw new Error(`GetUser says ${username}`);
  const page = await fetch(`http://127.0.0.1:${process.env.PORT}/dist/main.js`);
  if (!(await page.text()).includes(env.poolEndpoint))
    throw new Error('The application has another endpoint');
  await tasks['pool:close']();
}
