/**
 * InboundFederation, and PreSignUp for a provider's user: the events of AWS's guide, and what they may change. Here they are called
 * without a provider. Their place in a federated sign-in is tested where that is.
 */
import { inThisThread } from '../../src/arithmetic/arithmetic.ts';
import { createRandom } from '../../src/domain/randomness.ts';
import type { Triggers, UserPoolOptions } from '../../src/index.ts';
import { contentsOf } from '../../src/options/contents.ts';
import { createPool, poolForRequest } from '../../src/service/pool.ts';
import { type InboundUser, inboundFederation } from '../../src/triggers/inbound-federation.ts';
import { DEFAULT_TRIGGER_RUNTIME } from '../../src/triggers/pool-triggers.ts';
import { preSignUp } from '../../src/triggers/pre-sign-up.ts';
import { type AnyEvent, eventOf, responding, unchanged } from './record-triggers.ts';

function createFederated(
  name: keyof Triggers,
  handler: (event: AnyEvent) => unknown,
  options: UserPoolOptions = {},
) {
  const events: AnyEvent[] = [];
  const triggers = {
    [name]: (event: AnyEvent) => {
      events.push(structuredClone(event));
      return handler(event);
    },
  };
  const random = createRandom();
  const runtime = { now: () => 0, random, arithmetic: inThisThread };
  // The pool gives the function the event of its trigger
  const contents = contentsOf({ ...options, triggers: triggers as Triggers }, random, 0);
  const state = createPool(contents, runtime, DEFAULT_TRIGGER_RUNTIME);
  return { pool: poolForRequest(state, runtime, 'http://127.0.0.1'), events };
}

const GOOGLE: InboundUser = {
  clientId: 'web',
  userName: 'Google_123',
  providerName: 'Google',
  providerType: 'Google',
  attributes: {
    tokenResponse: { access_token: 'a', expires_in: 3600 },
    idToken: { sub: '123', email: 'a@example.com' },
    userInfo: { name: 'Ann' },
  },
};

test('the event says what the provider said', async () => {
  const { pool, events } = createFederated('inboundFederation', unchanged);
  expect(await inboundFederation(pool, GOOGLE)).toBeUndefined();
  expect(events).toEqual([
    eventOf(
      'InboundFederation_ExternalProvider',
      { providerName: 'Google', providerType: 'Google', attributes: GOOGLE.attributes },
      { userAttributesToMap: {} },
      { userName: 'Google_123' },
    ),
  ]);
});

test('attributes that are listed are the only ones that are kept', async () => {
  const mapped = { email: 'b@example.com' };
  const { pool } = createFederated('inboundFederation', responding({ userAttributesToMap: mapped }));
  expect(await inboundFederation(pool, GOOGLE)).toEqual(mapped);
});

test('attributes that are not texts are refused', async () => {
  const { pool } = createFederated('inboundFederation', responding({ userAttributesToMap: { age: 1 } }));
  await expect(inboundFederation(pool, GOOGLE)).rejects.toThrow('Unrecognizable lambda output');
});

test('a pool without the trigger keeps everything', async () => {
  const { pool } = createFederated('preSignUp', unchanged);
  expect(await inboundFederation(pool, GOOGLE)).toBeUndefined();
});

test('PreSignUp_ExternalProvider: the event has the name of the new user, and its answer counts', async () => {
  const { pool, events } = createFederated('preSignUp', responding({ autoVerifyEmail: true }));
  const userAttributes = { email: 'a@example.com', email_verified: 'false' };
  const result = await preSignUp(pool, {
    source: 'PreSignUp_ExternalProvider',
    clientId: 'web',
    userName: 'Google_AbC',
    userAttributes,
    validationData: undefined,
    clientMetadata: undefined,
  });
  expect(result).toEqual({ confirms: false, verified: { email_verified: 'true' } });
  expect(events).toEqual([
    eventOf(
      'PreSignUp_ExternalProvider',
      { userAttributes, validationData: null },
      { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      { userName: 'Google_AbC' },
    ),
  ]);
});
