/** The Lambda triggers of a sign-in through an identity provider: which run, in which order, and with which events. */
import { sendRequest } from '../../../test/support/pool-calls.ts';
import type { Triggers, UserPool } from '../../src/index.ts';
import { SIGNED } from '../admin-calls.ts';
import { PASSWORD } from '../wire.ts';
import { createAgent, POOL } from './browser-agent.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { createFederatedPool, errorAt, exchange, idClaims, PROVIDER_NAME, signInThrough } from './world.ts';

const ALICE = { email: 'alice@example.com', name: 'Alice' };
const USERNAME = `${PROVIDER_NAME}_Alice-1`;

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn([`${POOL}/oauth2/idpresponse`], { 'Alice-1': ALICE });
});
afterAll(() => standIn.end());

interface Seen {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: object;
}

/** A pool with triggers that note their events, and what some of them do beside that. */
function createWorld(triggers: Triggers = {}) {
  const seen: Seen[] = [];
  const note = <Event extends Seen>(event: Event): Event => {
    seen.push(event);
    return event;
  };
  const noting: Triggers = {
    inboundFederation: note,
    preSignUp: note,
    postConfirmation: note,
    preAuthentication: note,
    postAuthentication: note,
    preTokenGeneration: note,
  };
  const pool = createFederatedPool(standIn.issuer, {
    users: [{ username: 'alice', password: PASSWORD }],
    triggers: { ...noting, ...triggers },
  });
  const agent = createAgent(pool);
  const signIn = () => signInThrough(agent, 'Alice-1');
  const takeSources = () => seen.splice(0).map(({ triggerSource }) => triggerSource);
  return { pool, seen, signIn, takeSources };
}

test('a first sign-in runs the triggers of a sign-up, and a later one those of a sign-in', async () => {
  const { pool, signIn, takeSources } = createWorld();
  await exchange(pool, await signIn());
  expect(takeSources()).toEqual([
    'InboundFederation_ExternalProvider',
    'PreSignUp_ExternalProvider',
    'PostConfirmation_ConfirmSignUp',
    'TokenGeneration_HostedAuth',
  ]);
  await exchange(pool, await signIn());
  expect(takeSources()).toEqual([
    'InboundFederation_ExternalProvider',
    'PreAuthentication_Authentication',
    'PostAuthentication_Authentication',
    'TokenGeneration_HostedAuth',
  ]);
});

test('InboundFederation gets what the provider said, and PreSignUp the mapped attributes', async () => {
  const { pool, seen, signIn } = createWorld();
  await signIn();
  const [inbound, preSignUp, postConfirmation] = seen;
  expect(inbound).toMatchObject({
    version: '1',
    triggerSource: 'InboundFederation_ExternalProvider',
    userPoolId: pool.userPoolId,
    request: {
      providerName: PROVIDER_NAME,
      providerType: 'OIDC',
      attributes: {
        tokenResponse: { token_type: expect.stringMatching(/^bearer$/i), id_token: expect.any(String) },
        idToken: { iss: standIn.issuer, sub: 'Alice-1' },
        userInfo: { sub: 'Alice-1', ...ALICE },
      },
    },
  });
  expect(preSignUp).toMatchObject({
    triggerSource: 'PreSignUp_ExternalProvider',
    userName: USERNAME,
    callerContext: { clientId: 'app' },
    request: { userAttributes: { ...ALICE, email_verified: 'false' }, validationData: null },
  });
  expect(postConfirmation).toMatchObject({
    userName: USERNAME,
    request: { userAttributes: { ...ALICE, 'cognito:user_status': 'EXTERNAL_PROVIDER' } },
  });
});

test('what InboundFederation lists takes the place of what the provider said', async () => {
  const { pool, signIn } = createWorld({
    inboundFederation: (event) => {
      event.response = { userAttributesToMap: { email: 'changed@example.com' } };
      return event;
    },
  });
  const claims = await idClaims(pool, await signIn());
  expect(claims).toMatchObject({ 'cognito:username': USERNAME, email: 'changed@example.com' });
  expect(claims).not.toHaveProperty('name');
});

test('PreSignUp can verify the address', async () => {
  const { pool, signIn } = createWorld({
    preSignUp: (event) => {
      event.response = { autoConfirmUser: true, autoVerifyEmail: true };
      return event;
    },
  });
  expect(await idClaims(pool, await signIn())).toMatchObject({ email_verified: true });
});

test('PreSignUp can link the identity to a user, who is then signed in', async () => {
  const holder: { pool?: UserPool } = {};
  const { pool, signIn, takeSources } = createWorld({
    preSignUp: async (event) => {
      if (!holder.pool) throw new Error('The pool is not there yet');
      const input = {
        UserPoolId: event.userPoolId,
        DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'alice' },
        SourceUser: {
          ProviderName: PROVIDER_NAME,
          ProviderAttributeName: 'Cognito_Subject',
          ProviderAttributeValue: event.userName.slice(PROVIDER_NAME.length + 1),
        },
      };
      await sendRequest(holder.pool, 'AdminLinkProviderForUser', input, SIGNED);
      return event;
    },
  });
  holder.pool = pool;
  expect(await idClaims(pool, await signIn())).toMatchObject({
    'cognito:username': 'alice',
    email: 'alice@example.com',
  });
  expect(pool.users.all()).toHaveLength(1);
  expect(takeSources()).not.toContain('PostConfirmation_ConfirmSignUp');
});

test.each(['preSignUp', 'inboundFederation'] as const)('the app is told why %s has failed', async (name) => {
  const { pool, signIn } = createWorld({
    [name]: () => {
      throw new Error('Only for staff.');
    },
  });
  const trigger = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  expect(errorAt(await signIn())).toEqual({
    error: 'invalid_request',
    description: `${trigger} failed with error Only for staff..`,
    state: 'state-of-the-app',
  });
  expect(pool.users.find(USERNAME)).toBeUndefined();
});

test('PreAuthentication can refuse a later sign-in', async () => {
  const { signIn } = createWorld({
    preAuthentication: () => {
      throw new Error('Not today');
    },
  });
  expect(errorAt(await signIn()).error).toBeNull();
  expect(errorAt(await signIn())).toMatchObject({
    description: 'PreAuthentication failed with error Not today.',
  });
});
