/** `npm start`: signs alice in to the pool that `npm run pool` has started. */
import { createSdkClient, signInBySdk } from './sign-in.ts';

const endpoint = process.env['ENDPOINT'] ?? 'http://127.0.0.1:9229';
const pool = { userPoolId: 'us-east-1_LocalPool', clientId: 'web', endpoint };
const sdk = createSdkClient({
  region: 'us-east-1',
  endpoint,
  // The SDK signs the admin operations alone. The local pool does not look at the signature
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
});
const step = await signInBySdk(sdk, pool, { username: 'alice', password: 'Correct-Horse-9' });
console.log(step.status === 'challenge' ? step.challenge.name : `${step.username} is signed in`);
sdk.destroy();
