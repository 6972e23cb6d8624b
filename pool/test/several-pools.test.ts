/** Several pools under one endpoint share nothing but the endpoint. */
import { sendRequest } from '../../test/support/pool-calls.ts';
import { createPoolService, type PoolServiceOptions } from '../src/index.ts';
import { claimsOf, type Reply, resultOf } from './raw-calls.ts';

const PASSWORD = 'Correct-Horse-9';
const CUSTOMERS = 'eu-west-1_Customers';
const STAFF = 'eu-west-1_Staff';
const options: PoolServiceOptions = {
  pools: [
    {
      userPoolId: CUSTOMERS,
      clients: [{ clientId: 'shop', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
      users: [{ username: 'alice', password: PASSWORD }],
    },
    {
      userPoolId: STAFF,
      clients: [{ clientId: 'office', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
      users: [{ username: 'alice', password: 'Another-Horse-9' }],
    },
  ],
};

const signIn = async (service: ReturnType<typeof createPoolService>, ClientId: string, password = PASSWORD) =>
  (await (
    await sendRequest(service, 'InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'alice', PASSWORD: password },
    })
  ).json()) as Reply;

test('the app client decides which pool answers', async () => {
  const service = createPoolService(options);
  expect(claimsOf(resultOf(await signIn(service, 'shop')).AccessToken)['iss']).toMatch(CUSTOMERS);
  expect((await signIn(service, 'office')).message).toBe('Incorrect username or password.');
  const office = resultOf(await signIn(service, 'office', 'Another-Horse-9'));
  expect(claimsOf(office.AccessToken)['iss']).toMatch(STAFF);
});

test('each pool has its own users and codes, and one outbox has those of all and names their pools', async () => {
  const service = createPoolService(options);
  const staff = service.find(STAFF);
  expect(service.pools.map(({ userPoolId, clientIds }) => [userPoolId, clientIds])).toEqual([
    [CUSTOMERS, ['shop']],
    [STAFF, ['office']],
  ]);
  staff?.users.add({ username: 'bob', password: PASSWORD, attributes: { email: 'bob@example.com' } });
  expect(service.find(CUSTOMERS)?.users.find('bob')).toBeUndefined();
  await sendRequest(service, 'ForgotPassword', { ClientId: 'office', Username: 'bob' });
  expect(staff?.outbox).toHaveLength(1);
  expect(service.find(CUSTOMERS)?.outbox).toEqual([]);
  service
    .find(CUSTOMERS)
    ?.users.add({ username: 'bob', password: PASSWORD, attributes: { email: 'bob@example.org' } });
  await sendRequest(service, 'ForgotPassword', { ClientId: 'shop', Username: 'bob' });
  expect(await (await service.fetch('http://localhost/_/outbox')).json()).toEqual([
    { ...staff?.outbox[0], to: 'bob@example.com', userPoolId: STAFF },
    { ...service.find(CUSTOMERS)?.outbox[0], to: 'bob@example.org', userPoolId: CUSTOMERS },
  ]);
});

test('each pool has its own keys and discovery', async () => {
  const service = createPoolService(options);
  const at = async (path: string) =>
    (await service.fetch(`http://localhost/${path}`)).json() as Promise<object>;
  const [one, other] = await Promise.all([CUSTOMERS, STAFF].map((id) => at(`${id}/.well-known/jwks.json`)));
  expect(one).not.toEqual(other);
  expect(await at(`${STAFF}/.well-known/openid-configuration`)).toMatchObject({
    issuer: `https://cognito-idp.eu-west-1.amazonaws.com/${STAFF}`,
  });
});

test('a reset brings all of them back', () => {
  const service = createPoolService(options);
  for (const { users } of service.pools) users.remove('alice');
  service.reset();
  expect(service.pools.map(({ users }) => users.all().length)).toEqual([1, 1]);
});

test.each<[unknown, string]>([
  [undefined, 'The options must be an object'],
  [{}, 'pools must be an array'],
  [{ pools: [] }, 'pools must have one pool or more'],
  [
    { pools: [{ faults: [] }] },
    'pools[0].faults holds for all pools of the service: it stands beside `pools`',
  ],
  [
    { pools: [{}, { userPoolId: STAFF, lambdaEndpoint: 'http://127.0.0.1:3001' }] },
    'pools[1].lambdaEndpoint holds for all pools of the service: it stands beside `pools`',
  ],
  [{ pools: [{ fault: [] }] }, 'pools[0].fault is not a known field; the fields are userPoolId, '],
  [{ pools: [{}], users: [] }, 'users is not a known field; the fields are faults, '],
  [{ pools: [{ userPoolId: 'nope' }] }, 'pools[0].userPoolId must be like'],
  [
    { pools: [{ verifiedBeforeUpdate: ['email'], autoVerifiedAttributes: [] }] },
    'pools[0].verifiedBeforeUpdate[0] must be one of autoVerifiedAttributes',
  ],
  [{ pools: [{}, {}] }, 'pools[1].userPoolId must differ from pools[0].userPoolId'],
  [
    { pools: [{}, { userPoolId: STAFF }] },
    'pools[1].clients[0].clientId must differ from pools[0].clients[0].clientId',
  ],
  [{ pools: [{}], log: true }, 'log must be a function'],
  [{ pools: [{}], allowedHosts: ['http://pool'] }, 'allowedHosts[0] must be a host name or an address'],
])('refuses %j', (given, message) => {
  const create = () => createPoolService(given as PoolServiceOptions);
  expect(create).toThrow(TypeError);
  expect(create).toThrow(message);
});
