/** `npm start`: signs alice in to the pool that `npm run pool` has started. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { signInWithSrp } from './sign-in.ts';

const endpoint = process.env['ENDPOINT'] ?? 'http://127.0.0.1:9229';
const sdk = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint, maxAttempts: 1 });
const pool = { userPoolId: 'us-east-1_LocalPool', clientId: 'web' };
const reply = await signInWithSrp(sdk, pool, { username: 'alice', password: 'Correct-Horse-9' });
console.log(reply.ChallengeName ?? `Signed in for ${reply.AuthenticationResult?.ExpiresIn} seconds`);
sdk.destroy();
