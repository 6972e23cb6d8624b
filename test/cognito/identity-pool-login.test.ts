/** The key of a user pool in the logins of an identity pool. */
import { identityPoolLogin } from '../../src/index.ts';

test.each([
  ['eu-west-1_AbCdEf123', 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123'],
  ['us-gov-west-1_AbCdEf123', 'cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbCdEf123'],
  ['cn-north-1_AbCdEf123', 'cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbCdEf123'],
  ['eusc-de-east-1_AbCdEf123', 'cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_AbCdEf123'],
  ['us-iso-east-1_AbCdEf123', 'cognito-idp.us-iso-east-1.c2s.ic.gov/us-iso-east-1_AbCdEf123'],
])('%s is known as %s', (userPoolId, key) => {
  expect(identityPoolLogin({ userPoolId, clientId: 'web' })).toBe(key);
});

test.each([
  ['FIPS', { useFips: true }],
  ['dual stack', { useDualStack: true }],
  ['an endpoint of its own', { endpoint: 'http://127.0.0.1:9229' }],
])('%s does not change the key', (_, options) => {
  const pool = { userPoolId: 'us-east-1_AbCdEf123', clientId: 'web', ...options };
  expect(identityPoolLogin(pool)).toBe('cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123');
});

test.each([
  [{ userPoolId: 'local_Pool1', clientId: 'web' }, 'REGION_INVALID'],
  [{ userPoolId: 'eu-west-1_AbCdEf123', clientId: 'web', region: 'eu-west-2' }, 'REGION_INVALID'],
  [{ userPoolId: 'pool', clientId: 'web' }, 'USER_POOL_ID_INVALID'],
  [{ userPoolId: 'eu-west-1_AbCdEf123', clientId: '' }, 'CLIENT_ID_INVALID'],
])('%j is %s', (pool, code) => {
  expect(() => identityPoolLogin(pool)).toThrow(expect.objectContaining({ code }));
});
