/**
 * `npm start`: serves examples/login-page on localhost, and embedded user pools on other ports. Builds what it
 * needs. `PORT` and `POOL_PORT` choose the ports; where they are taken and not chosen, free ones are used.
 */
import { startBuilt } from './login-page.mjs';

const { PORT, POOL_PORT } = process.env;
const wanted = { page: Number(PORT ?? 3000), pool: Number(POOL_PORT ?? 9229) };
const started = await startBuilt(wanted, { page: Number(PORT ?? 0), pool: Number(POOL_PORT ?? 0) }).catch(
  (error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    console.error(`Port ${error.port} is in use; choose others with PORT and POOL_PORT (0 takes a free one)`);
    process.exit(2);
  },
);

console.log(`\nLogin page   ${started.url}\n`);
for (const { label, userPoolId, endpoint } of started.endpoints) {
  console.log(`${endpoint}   ${userPoolId}: ${label}`);
  console.log(`             ${started.url}/?userPoolId=${userPoolId}`);
}
console.log(`
With a pool on AWS: ${started.url}/?userPoolId=eu-west-1_…&clientId=…
Ctrl-C stops it.`);

const stop = () => void started.close();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
