/** GetClientToken: an access token for the app client itself, as client_credentials gives one. */
import { clientOf, secretFits } from '../../domain/admission.ts';
import { issueClientToken } from '../../domain/client-token.ts';
import { flowsOf, hasSecret } from '../../domain/clients.ts';
import { chooseClientScopes } from '../../domain/scopes.ts';
import { invalidParameter, notAuthorized, ServiceException } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';

/** AWS's texts of the refusals are not known, and neither is their order. The secret is first, so that nobody learns more without it. */
export const getClientToken = poolOperation('GetClientToken', { access: 'public' }, async (pool, input) => {
  const client = clientOf(pool, input.ClientId);
  if (!hasSecret(client) || !secretFits(client, input.Secret)) {
    throw notAuthorized(`Unable to verify secret for client ${client.ClientId}`);
  }
  if (!flowsOf(client).includes('ALLOW_CLIENT_TOKEN_AUTH')) {
    throw new ServiceException(
      'OperationNotEnabledException',
      `ALLOW_CLIENT_TOKEN_AUTH is not enabled for client ${client.ClientId}`,
    );
  }
  const { granted, notAllowed, unknown } = chooseClientScopes(pool, client, input.Scopes);
  const [refused] = [...unknown, ...notAllowed];
  if (refused !== undefined) throw invalidParameter(`Invalid scope requested: ${refused}`);
  if (granted.length === 0) {
    throw invalidParameter(`Client ${client.ClientId} has no scope of a resource server`);
  }
  const request = { time: pool.now(), clientMetadata: input.ClientMetadata };
  return { ClientAuthenticationResult: await issueClientToken(pool, client, granted, request) };
});
