/** REFRESH_TOKEN_AUTH and GetTokensFromRefreshToken: new tokens for an earlier sign-in. */
import { assertFlow, assertSecretHash, clientOf, required, secretFits } from '../domain/admission.ts';
import { rotationOf } from '../domain/clients.ts';
import { confirmedDevice } from '../domain/devices.ts';
import type { RefreshToken } from '../domain/grants.ts';
import { issueRefreshed, type UsableToken } from '../domain/refreshed-tokens.ts';
import { notAuthorized, ServiceException } from '../domain/service-exception.ts';
import type { AuthFlowType, Inputs, Outputs } from '../model/types.generated.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import type { Reply, Start } from './attempt.ts';

/** The names of the flow: today's and AWS's older one. */
export type RefreshFlow = 'REFRESH_TOKEN_AUTH' | 'REFRESH_TOKEN';
export const isRefreshFlow = (name: AuthFlowType): name is RefreshFlow =>
  name === 'REFRESH_TOKEN_AUTH' || name === 'REFRESH_TOKEN';

export async function startRefresh({ pool, client, parameters }: Omit<Start, 'session'>): Promise<Reply> {
  // A client with rotation cannot enable the flow, and the service names the rotation as the reason
  if (rotationOf(client)) {
    throw new ServiceException(
      'UnsupportedOperationException',
      'This API does not support refresh token rotation',
    );
  }
  assertFlow(client, ['ALLOW_REFRESH_TOKEN_AUTH'], 'REFRESH_TOKEN_AUTH flow not enabled for this client');
  const token = required(parameters, 'REFRESH_TOKEN');
  const found = pool.grants.find(token);
  const secretHash = parameters['SECRET_HASH'];
  // The request has no USERNAME, so the user name in the hash is that of the token's user
  if (found || !secretHash) assertSecretHash(client, found?.grant.username ?? '', secretHash);
  const { issued } = await issueRefreshed(pool, client, {
    check: () =>
      checkRefreshToken(
        pool,
        client,
        pool.grants.find(token),
        parameters['DEVICE_KEY'],
        'Refresh Token has been revoked',
      ),
    // The ClientMetadata of InitiateAuth does not reach this trigger
    clientMetadata: undefined,
  });
  return { ChallengeParameters: {}, AuthenticationResult: issued };
}

export async function getTokensFromRefreshToken(
  pool: Pool,
  input: Inputs['GetTokensFromRefreshToken'],
): Promise<Outputs['GetTokensFromRefreshToken']> {
  const client = clientOf(pool, input.ClientId);
  assertSecret(client, input.ClientSecret);
  const { issued, token } = await issueRefreshed(pool, client, {
    // Measured: the refusal of a revoked token has no text here
    check: () =>
      checkRefreshToken(pool, client, pool.grants.find(input.RefreshToken), input.DeviceKey, undefined),
    clientMetadata: input.ClientMetadata,
  });
  return {
    AuthenticationResult: { ...issued, ...(token !== undefined && { RefreshToken: token }) },
  };
}

function assertSecret(client: Client, sent: string | undefined): void {
  if (secretFits(client, sent)) return;
  const { ClientId: clientId } = client;
  if (!sent) throw notAuthorized(`Client ${clientId} is configured for secret but secret was not received`);
  throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}

/** Checks that this client may still use a refresh token. Returns the token and its user. */
function checkRefreshToken(
  pool: Pool,
  { ClientId: clientId }: Client,
  refreshToken: RefreshToken | undefined,
  deviceKey: string | undefined,
  revoked: string | undefined,
): UsableToken {
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
