/** `npm start`: serves the application on port 3000, for the users of the pool that `npm run pool` has started. */
import { createTokenVerifier } from 'cognito-srp-engine/verify';
import { createApp } from './app.js';

const { USER_POOL_ID = 'us-east-1_LocalPool', CLIENT_ID = 'web', PORT = '3000' } = process.env;
// A pool on AWS needs no endpoint
const endpoint = process.env.ENDPOINT ?? (process.env.USER_POOL_ID ? undefined : 'http://127.0.0.1:9229');

const verifier = createTokenVerifier({ userPoolId: USER_POOL_ID, clientId: CLIENT_ID, endpoint });
// So that the first request does not wait for the keys. Without them now, they are fetched for that request
await verifier.fetchKeys().catch((error) => console.error(error.message));
const server = createApp(verifier).listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => server.close());
