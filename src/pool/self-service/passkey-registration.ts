/** StartWebAuthnRegistration, CompleteWebAuthnRegistration, ListWebAuthnCredentials, DeleteWebAuthnCredential. */
import { bearerOf } from '../access-tokens.ts';
import { creationOptions, verifyRegistration } from '../passkeys.ts';
import { invalidParameter, ServiceException } from '../service-exception.ts';
import type { PoolState } from '../state.ts';
import type { Passkey } from '../users.ts';
import type { TokenInput } from './profile.ts';

/** The limit for one user in the developer guide. */
const MAX_PASSKEYS = 20;
const MAX_PAGE = 20;

export async function startWebAuthnRegistration(pool: PoolState, input: TokenInput): Promise<object> {
  const { user, clientId } = await bearerOf(pool, input.AccessToken);
  if (!pool.allowedFirstAuthFactors.includes('WEB_AUTHN')) {
    throw new ServiceException('WebAuthnNotEnabledException', 'Passkeys are not enabled for the user pool.');
  }
  if (user.passkeys.length >= MAX_PASSKEYS) {
    throw new ServiceException('LimitExceededException', 'The user has too many passkeys.');
  }
  return { CredentialCreationOptions: await creationOptions(pool, user, clientId) };
}

export interface CompleteWebAuthnRegistrationInput extends TokenInput {
  /** A RegistrationResponseJSON. */
  readonly Credential: object;
}

export async function completeWebAuthnRegistration(
  pool: PoolState,
  input: CompleteWebAuthnRegistrationInput,
): Promise<object> {
  const { user, clientId } = await bearerOf(pool, input.AccessToken);
  const passkey = await verifyRegistration(pool, user, clientId, input.Credential);
  user.passkeys = [...user.passkeys.filter(({ id }) => id !== passkey.id), passkey];
  return {};
}

export interface ListWebAuthnCredentialsInput extends TokenInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export async function listWebAuthnCredentials(
  pool: PoolState,
  input: ListWebAuthnCredentialsInput,
): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const size = input.MaxResults || MAX_PAGE;
  const start = Number(input.NextToken ?? 0);
  if (!Number.isSafeInteger(start) || start < 0) throw invalidParameter('Invalid NextToken');
  const end = start + size;
  return {
    Credentials: user.passkeys.slice(start, end).map((passkey) => describePasskey(pool, passkey)),
    ...(end < user.passkeys.length && { NextToken: String(end) }),
  };
}

/** Makes a WebAuthnCredentialDescription. Times are sent in seconds. */
const describePasskey = ({ relyingPartyId }: PoolState, passkey: Passkey) => ({
  CredentialId: passkey.id,
  FriendlyCredentialName: passkey.name,
  RelyingPartyId: relyingPartyId,
  ...(passkey.attachment !== undefined && { AuthenticatorAttachment: passkey.attachment }),
  AuthenticatorTransports: passkey.transports,
  CreatedAt: passkey.createdAt / 1000,
});

export interface DeleteWebAuthnCredentialInput extends TokenInput {
  readonly CredentialId: string;
}

export async function deleteWebAuthnCredential(
  pool: PoolState,
  input: DeleteWebAuthnCredentialInput,
): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const others = user.passkeys.filter(({ id }) => id !== input.CredentialId);
  if (others.length === user.passkeys.length) {
    throw new ServiceException('ResourceNotFoundException', 'The passkey does not exist.');
  }
  user.passkeys = others;
  return {};
}
