/** REFRESH_TOKEN_AUTH and GetTokensFromRefreshToken: new tokens for an earlier sign-in. */
import { assertFlow, assertSecretHash, clientOf, required, secretFits } from '../admission.ts';
import { confirmedDevice } from '../devices.ts';
import type { RefreshToken } from '../grants.ts';
import type { ClientOptions } from '../options.ts';
import { notAuthorized, ServiceException } from '../service-exception.ts';
import type { PoolState } from '../state.ts';
import type { User } from '../users.ts';
import type { Start } from './attempt.ts';

/** The names of the flow: today's and AWS's older one. */
export const REFRESH_FLOWS: readonly string[] = ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'];

export async function startRefresh({ pool, client, parameters }: Omit<Start, 'session'>): Promise<object> {
  // A client with rotation cannot enable the flow, and the service names the rotation as the reason
  if (client.refreshTokenRotation) {
    throw new ServiceException(
      'UnsupportedOperationException',
      'This API does not support refresh token rotation',
    );
  }
  assertFlow(client, 'REFRESH_TOKEN_AUTH', ['ALLOW_REFRESH_TOKEN_AUTH']);
  const found = pool.grants.find(required(parameters, 'REFRESH_TOKEN'));
  const secretHash = parameters['SECRET_HASH'];
  // The request has no USERNAME, so the user name in the hash is that of the token's user
  if (found || !secretHash) assertSecretHash(client, found?.grant.username ?? '', secretHash);
  const { user, refreshToken } = checkRefreshToken(
    pool,
    client,
    found,
    parameters['DEVICE_KEY'],
    'Refresh Token has been revoked',
  );
  refreshToken.grant.lastActiveAt = pool.now();
  return {
    ChallengeParameters: {},
    AuthenticationResult: await pool.tokens.issue(user, refreshToken.grant, pool.now()),
  };
}

export interface GetTokensFromRefreshTokenInput {
  readonly RefreshToken: string;
  readonly ClientId: string;
  /** The secret itself, not a hash. A client without a secret ignores it. */
  readonly ClientSecret?: string;
  readonly DeviceKey?: string;
}

export async function getTokensFromRefreshToken(
  pool: PoolState,
  input: GetTokensFromRefreshTokenInput,
): Promise<object> {
  const client = clientOf(pool, input.ClientId);
  assertSecret(client, input.ClientSecret);
  const found = pool.grants.find(input.RefreshToken);
  // Measured: the refusal of a revoked token has no text here
  const { user, refreshToken } = checkRefreshToken(pool, client, found, input.DeviceKey, undefined);
  const { refreshTokenRotation: rotation } = client;
  const time = pool.now();
  refreshToken.grant.lastActiveAt = time;
  const rotated = rotation && pool.grants.rotate(refreshToken, rotation.gracePeriodSeconds, time);
  return {
    AuthenticationResult: {
      ...(await pool.tokens.issue(user, refreshToken.grant, time)),
      ...(rotated && { RefreshToken: rotated.token }),
    },
  };
}

function assertSecret(client: ClientOptions, sent: string | undefined): void {
  if (secretFits(client, sent)) return;
  const { clientId } = client;
  if (!sent) throw notAuthorized(`Client ${clientId} is configured for secret but secret was not received`);
  throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}

/** Checks that this client may still use a refresh token. Returns the token and its user. */
function checkRefreshToken(
  pool: PoolState,
  { clientId }: ClientOptions,
  refreshToken: RefreshToken | undefined,
  deviceKey: string | undefined,
  revoked: string | undefined,
): { readonly user: User; readonly refreshToken: RefreshToken } {
  if (!refreshToken) throw notAuthorized('Invalid Refresh Token');
  const { grant } = refreshToken;
  if (grant.clientId !== clientId) throw notAuthorized('Refresh Token has different Client');
  const user = pool.users.find(grant.username);
  if (user?.sub !== grant.sub) {
    throw notAuthorized('The user has been deleted for the associated refresh token');
  }
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (grant.revoked) throw notAuthorized(revoked);
  if (pool.now() >= grant.expires) throw notAuthorized('Refresh Token has expired');
  // A refresh token is valid only while its device is confirmed and not forgotten
  if (pool.devices && (deviceKey !== grant.deviceKey || !confirmedDevice(user, deviceKey))) {
    throw notAuthorized('Invalid Refresh Token.');
  }
  return { user, refreshToken };
}
