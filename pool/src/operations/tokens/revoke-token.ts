/** RevokeToken: revokes the grant of a refresh token, with all its tokens, and on request the session of managed login. */
import { secretFits } from '../../domain/admission.ts';
import { revokesTokens } from '../../domain/clients.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import { isSignedToken } from '../../domain/signed-token.ts';
import { poolOperation } from '../operation.ts';
import { revokeSignIn } from './linked-sessions.ts';

const invalidClient = () => new ServiceException('UnauthorizedException', 'Invalid client or secret');

/** An unknown token is not an error. */
export const revokeToken = poolOperation(
  'RevokeToken',
  { access: 'public', unknownClient: invalidClient },
  async (pool, input) => {
    const client = pool.clients.get(input.ClientId);
    if (!client || !secretFits(client, input.ClientSecret)) throw invalidClient();
    if (!revokesTokens(client)) {
      throw new ServiceException(
        'UnsupportedOperationException',
        'This feature is not enabled for this client',
      );
    }
    const grant = pool.grants.find(input.Token)?.grant;
    // The text is not known
    if (!grant && isSignedToken(input.Token)) {
      throw new ServiceException('UnsupportedTokenTypeException', 'The token is not a refresh token.');
    }
    // A client may revoke only tokens that were issued to it (RFC 7009 §2.1)
    if (grant?.clientId === client.ClientId) revokeSignIn(pool, grant, input.RevokeAssociatedSessions);
    return {};
  },
);
