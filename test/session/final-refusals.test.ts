/** Which refusals of a refresh end a session, and which leave the user signed in. */
import type { UserPool } from '../../pool/src/index.ts';
import { ServiceError, type ServiceErrorCode } from '../../src/index.ts';
import { refusal } from '../support/client.ts';
import { HOUR, open, typesOf, withoutPauses, world } from './session-world.ts';

/** A session of alice whose tokens have ended, at a service that answers each refresh with this refusal. */
async function refusedBy(name: string, message: string, status = 400) {
  const all = await world();
  const fetch: UserPool['fetch'] = async () => refusal(name, message, status);
  const { session, events } = open({ ...all, options: { ...all.options, fetch } });
  await session.begin(all.step);
  all.clock.ms += HOUR;
  return { all, session, events };
}

test.each<[ServiceErrorCode, string, string]>([
  ['REFRESH_TOKEN_REFUSED', 'NotAuthorizedException', 'Refresh Token has been revoked'],
  ['REFRESH_TOKEN_REUSED', 'RefreshTokenReuseException', 'Refresh token reuse detected'],
  ['REFUSED', 'NotAuthorizedException', 'A text that is in no table'],
  ['USER_DISABLED', 'NotAuthorizedException', 'User is disabled.'],
  ['USER_NOT_FOUND', 'UserNotFoundException', 'User does not exist.'],
  ['USER_NOT_CONFIRMED', 'UserNotConfirmedException', 'User is not confirmed.'],
  ['PASSWORD_RESET_REQUIRED', 'PasswordResetRequiredException', 'Password reset required for the user'],
  ['DEVICE_NOT_FOUND', 'ResourceNotFoundException', 'Device does not exist.'],
  ['DEVICE_NOT_FOUND', 'InvalidParameterException', 'Invalid device key given'],
])('%s ends the session: %s, %s', async (code, name, message) => {
  const { all, session, events } = await refusedBy(name, message);
  await expect(withoutPauses(() => session.tokens())).rejects.toMatchObject({ code });
  expect(typesOf(events)).toEqual(['signed-in', 'refresh-failed', 'signed-out']);
  expect(session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'ended' });
  expect((await open(all).session.restore()).status).toBe('signed-out');
});

test.each<[ServiceErrorCode, string, string, number]>([
  ['INTERNAL_ERROR', 'InternalErrorException', 'Internal error', 500],
  ['THROTTLED', 'TooManyRequestsException', 'Rate exceeded', 400],
  ['TRIGGER_FAILED', 'UnexpectedLambdaException', 'PreTokenGeneration invocation failed', 400],
  ['TRIGGER_REFUSED', 'UserLambdaValidationException', 'PreTokenGeneration failed with error down.', 400],
  ['CLIENT_NOT_FOUND', 'ResourceNotFoundException', 'User pool client web does not exist.', 400],
  ['SECRET_HASH_REFUSED', 'NotAuthorizedException', 'SecretHash does not match for the client: web', 400],
  ['FIREWALL_REFUSED', 'ForbiddenException', 'Request not allowed due to WAF block.', 403],
  ['REFUSED', 'GatewayException', 'The gateway is being restarted', 502],
])('%s leaves the user signed in: %s, %s, HTTP %i', async (code, name, message, status) => {
  const { all, session, events } = await refusedBy(name, message, status);
  await expect(session.tokens()).rejects.toMatchObject({ code });
  expect(typesOf(events)).toEqual(['signed-in', 'refresh-failed']);
  expect(session.getSnapshot().status).toBe('signed-in');
  expect((await open(all).session.restore()).status).toBe('signed-in');
});

test.each<[ServiceErrorCode]>([['INTERNAL_ERROR'], ['TRIGGER_FAILED']])(
  '%s of the token endpoint leaves the user signed in, although a sign-in would have to start again',
  async (code) => {
    const all = await world();
    const refresh = () => Promise.reject(new ServiceError(code, 'start-again', 'server_error', 'failed'));
    const { session, events } = open(all, { refresh });
    await session.begin(all.step);
    await expect(session.tokens({ refresh: true })).rejects.toMatchObject({ code });
    expect(typesOf(events)).toEqual(['signed-in', 'refresh-failed']);
  },
);
