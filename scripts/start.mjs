/**
 * `npm start`: serves examples/login-page on localhost, and embedded user pools on other ports. It builds the package
 * first where needed. `PORT` and `POOL_PORT` choose the ports. A default port that is in use is replaced by a free one.
 */
import { startBuilt } from './login-page.mjs';

/** @returns the port that a variable names, or undefined where it is empty or not set */
function portOf(name) {
  const text = process.env[name];
  if (!text) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  console.error(`${name} is "${text}"; it must be a port from 0 to 65535. 0 takes a free one`);
  process.exit(2);
}

const chosen = { page: portOf('PORT'), pool: portOf('POOL_PORT') };
const wanted = { page: chosen.page ?? 3000, pool: chosen.pool ?? 9229 };
const started = await startBuilt(wanted, { page: chosen.page ?? 0, pool: chosen.pool ?? 0 }).catch(
  (error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    console.error(
      `Port ${error.port} is in use. Choose others with PORT and POOL_PORT, where 0 takes a free one`,
    );
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
