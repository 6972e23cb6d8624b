/** Three official clients delete attributes, a device and the user in the local pool. */
import {
  CognitoIdentityProviderClient,
  DeleteUserAttributesCommand,
  DeleteUserCommand,
  ForgetDeviceCommand,
  GetUserAuthFactorsCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  deleteUser,
  deleteUserAttributes,
  fetchUserAttributes,
  forgetDevice,
  signIn,
  signOut,
} from 'aws-amplify/auth';
import type { UserPoolOptions } from '../../pool/src/index.ts';
import { accessToken, configureAmplify } from './amplify-client.ts';
import { recordedStorage } from './device-pool.ts';
import { identityJs } from './identity-js-client.ts';
import { listeningPool, PASSWORD } from './listening-pool.ts';

const start = (unitOutput: NonNullable<UserPoolOptions['unitOutput']>) =>
  listeningPool('USER_PASSWORD_AUTH', {
    unitOutput,
    devices: {},
    users: [
      { username: 'alice', password: PASSWORD, attributes: { email: 'a@example.org', nickname: 'al' } },
    ],
  });

describe.each(['empty', 'object'] as const)('with Unit as %s', (unitOutput) => {
  test('aws-amplify deletes attributes, a device and the user', async () => {
    const pool = await start(unitOutput);
    configureAmplify(pool, recordedStorage().storage);
    await signIn({ username: 'alice', password: PASSWORD, options: { authFlowType: 'USER_PASSWORD_AUTH' } });
    await deleteUserAttributes({ userAttributeKeys: ['nickname'] });
    expect(await fetchUserAttributes()).toEqual({
      sub: pool.users.find('alice')?.sub,
      email: 'a@example.org',
    });
    await forgetDevice();
    expect(pool.users.find('alice')?.devices).toEqual([]);
    await deleteUser();
    expect(pool.users.all()).toEqual([]);
    await expect(accessToken()).rejects.toThrow();
    await signOut();
  });

  test('amazon-cognito-identity-js deletes attributes and the user', async () => {
    const pool = await start(unitOutput);
    const { user, signIn } = identityJs(pool, recordedStorage().storage, 'USER_PASSWORD_AUTH').user('alice');
    expect(await signIn()).toMatchObject({ callback: 'onSuccess' });
    const deleted = await new Promise((resolve, reject) =>
      user.deleteAttributes(['nickname'], (error, result) => (error ? reject(error) : resolve(result))),
    );
    expect(deleted).toBe('SUCCESS');
    expect(pool.users.find('alice')?.attributes).toEqual({ email: 'a@example.org' });
    const gone = await new Promise((resolve, reject) =>
      user.deleteUser((error, result) => (error ? reject(error) : resolve(result))),
    );
    expect(gone).toBe('SUCCESS');
    expect(pool.users.all()).toEqual([]);
  });

  test('the AWS SDK deletes attributes, a device and the user', async () => {
    const pool = await start(unitOutput);
    const sdk = new CognitoIdentityProviderClient({
      region: 'eu-west-1',
      endpoint: pool.endpoint,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
      maxAttempts: 1,
    });
    const { user, signIn } = identityJs(pool, recordedStorage().storage, 'USER_PASSWORD_AUTH').user('alice');
    await signIn();
    const AccessToken = user.getSignInUserSession()?.getAccessToken().getJwtToken();
    expect(await sdk.send(new GetUserAuthFactorsCommand({ AccessToken }))).toMatchObject({
      Username: 'alice',
      ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP'],
    });
    await sdk.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['email'] }));
    expect(pool.users.find('alice')?.attributes).toEqual({ nickname: 'al' });
    const DeviceKey = pool.users.find('alice')?.devices[0]?.key;
    await sdk.send(new ForgetDeviceCommand({ AccessToken, DeviceKey }));
    await sdk.send(new DeleteUserCommand({ AccessToken }));
    await expect(sdk.send(new DeleteUserCommand({ AccessToken }))).rejects.toThrow(UserNotFoundException);
    sdk.destroy();
  });
});
