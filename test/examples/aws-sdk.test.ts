/** The AWS SDK as transport, and the AWS SDK with the cryptography alone, against the pool over HTTP. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { signInBySdk } from '../../examples/aws-sdk-transport/sign-in.ts';
import { signInWithSrp } from '../../examples/srp-with-aws-sdk/sign-in.ts';
import { createUserPool, type Listening } from '../../src/pool/index.ts';

const alice = { username: 'alice', password: 'Correct-Horse-9' };
const pool = createUserPool({ users: [alice] });
const client = { userPoolId: pool.userPoolId, clientId: 'web' };
let listening: Listening;
let sdk: CognitoIdentityProviderClient;

beforeAll(async () => {
  listening = await pool.listen();
  sdk = new CognitoIdentityProviderClient({
    region: 'eu-west-1',
    endpoint: listening.endpoint,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
});
afterAll(async () => {
  sdk.destroy();
  await listening.close();
});

test('the SDK carries a sign-in', async () => {
  const step = await signInBySdk(
    sdk,
    { ...client, region: 'eu-west-1', endpoint: listening.endpoint },
    alice,
  );
  expect(step).toMatchObject({ status: 'signed-in', username: 'alice' });
});

test("the SDK's refusals have codes", async () => {
  const wrong = { ...alice, password: 'wrong' };
  await expect(signInBySdk(sdk, { ...client, endpoint: listening.endpoint }, wrong)).rejects.toMatchObject({
    code: 'INCORRECT_USERNAME_OR_PASSWORD',
  });
});

test('the cryptography alone signs in', async () => {
  const { AuthenticationResult } = await signInWithSrp(sdk, client, alice);
  expect(AuthenticationResult?.AccessToken).toMatch(/^eyJ/);
});
