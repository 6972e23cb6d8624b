/** Builds the application and serves it: `node serve.mjs`, on the port of the variable PORT, or 3000. */
import { context } from 'esbuild';

const app = await context({
  entryPoints: ['app/main.ts'],
  bundle: true,
  format: 'esm',
  outdir: 'app/dist',
  write: false,
});
const { port } = await app.serve({
  servedir: 'app',
  host: '127.0.0.1',
  port: Number(process.env.PORT ?? 3000),
});
console.log(`http://127.0.0.1:${port}`);
