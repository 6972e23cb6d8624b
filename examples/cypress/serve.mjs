/** Builds the application for the pool of the tests and serves it, on the port of the variable PORT, or 3000. */
import { context } from 'esbuild';
import { APP_PORT, POOL_PORT } from './ports.mjs';

const app = await context({
  entryPoints: ['app/main.ts'],
  bundle: true,
  format: 'esm',
  outdir: 'app/dist',
  write: false,
  define: { ENDPOINT: JSON.stringify(`http://127.0.0.1:${POOL_PORT}`) },
});
const { port } = await app.serve({ servedir: 'app', host: '127.0.0.1', port: APP_PORT });
console.log(`http://127.0.0.1:${port}`);
