/**
 * `npm start`: serves examples/login-page on localhost, and embedded user pools on other ports. Builds what it
 * needs. `PORT` and `POOL_PORT` choose the ports; where they are taken and not chosen, free ones are used.
 */
import { startBuilt } from './login-page.mjs';

/** The port a variable names; an empty one names none. */
function portOf(name) {
  const text = process.env[name];
  if (!text) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  console.error(`${name} is "${text}"; it must be a port, 0 to 65535 (0 takes a free one)`);
  process.exit(2);
}

const chosen = { page: portOf('PORT'), pool: portOf('POOL_PORT') };
const wanted = { page: chosen.page ?? 3000, pool: chosen.pool ?? 9229 };
const started = await startBuilt(wanted, { page: chosen.page ?? 0, pool: chosen.pool ?? 0 }).catch(
  (error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    console.error(`Port ${error.port} is in use; choose others with PORT and POOL_PORT (0 takes a free one)`);
    process.exit(2);
  },
);

const stop = () => void started.close();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

console.log(`\nLogin page   ${started.url}\n`);
for (const { label, userPoolId, endpoint } of started.endpoints) {
  console.log(`${endpoint}   ${userPoolId}: ${label}`);
  console.log(`             ${started.url}/?userPoolId=${userPoolId}`);
}
console.log(`
With a pool on AWS: ${started.url}/?userPoolId=eu-west-1_…&clientId=…
Ctrl-C stops it.`);
