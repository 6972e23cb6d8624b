/** Reads access tokens: which user and which client a token was issued to. */
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Pool } from '../service/pool.ts';
import { clientOf } from './admission.ts';
import { USER_API_SCOPE } from './scopes.ts';
import { notAuthorized, ServiceException, userDoesNotExist } from './service-exception.ts';
import type { User } from './user.ts';

/** The user and the client an access token was issued to. */
export interface Bearer {
  readonly user: User;
  readonly clientId: string;
  /** The authentication event, which names the grant. */
  readonly eventId: string;
  readonly scopes: readonly string[];
}

/**
 * Finds the user and the client of an access token.
 *
 * @param scope what the token must have. Default: the scope of the operations.
 * @throws ServiceException NotAuthorizedException, ResourceNotFoundException for a client that is gone, UserNotFoundException
 */
export async function bearerOf(pool: Pool, token: string, scope = USER_API_SCOPE): Promise<Bearer> {
  const claims = await verifyClaims(pool, token);
  if (claims['token_use'] !== 'access') throw notAuthorized('Invalid Access Token');
  const scopes = String(claims['scope']).split(' ');
  if (!scopes.includes(scope)) {
    throw notAuthorized('Access Token does not have required scopes');
  }
  const eventId = String(claims['event_id']);
  const { ClientId: clientId } = clientOf(pool, String(claims['client_id']));
  const user = pool.users.find(String(claims['username']));
  if (!user || user.sub !== claims.sub) {
    // Measured: the service finds the user by name. A token of a deleted user therefore meets the new user of that name.
    if (user?.status === 'UNCONFIRMED') {
      throw new ServiceException('UserNotConfirmedException', 'User is not confirmed.');
    }
    // That such a token acts for a confirmed user is not measured, and not imitated
    throw userDoesNotExist();
  }
  // Measured: AdminDisableUser revokes, and a disabled user is told so and not that the token was revoked
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (pool.grants.isRevoked(eventId)) throw notAuthorized('Access Token has been revoked');
  return { user, clientId, eventId, scopes };
}

async function verifyClaims({ tokens, now }: Pool, token: string) {
  const { kid, publicKey } = await tokens.accessTokenKey();
  try {
    // ID tokens are signed with the other key, and must not pass as access tokens
    if (decodeProtectedHeader(token).kid !== kid) throw notAuthorized('Invalid Access Token');
    const { payload } = await jwtVerify(token, publicKey, {
      algorithms: ['RS256'],
      currentDate: new Date(now()),
    });
    return payload;
  } catch (error) {
    if (error instanceof ServiceException) throw error;
    if (error instanceof errors.JWTExpired) throw notAuthorized('Access Token has expired');
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw notAuthorized('Could not verify signature for Access Token');
    }
    throw notAuthorized('Invalid Access Token');
  }
}
