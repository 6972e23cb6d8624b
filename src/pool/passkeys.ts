/** Passkeys: WebAuthn registration and assertion, verified with @simplewebauthn/server. */
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server';
import { invalidParameter, ServiceException } from './service-exception.ts';
import type { PoolState } from './state.ts';
import type { Passkey, User } from './users.ts';

/** Loaded when a passkey is used: nobody else pays for it. */
const simplewebauthn = () => import('@simplewebauthn/server');

const CHALLENGE_BYTES = 32;

const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

const allowsOrigin = ({ relyingPartyOrigins }: PoolState, origin: string): boolean =>
  relyingPartyOrigins ? relyingPartyOrigins.includes(origin) : LOOPBACK_ORIGIN.test(origin);

/** CredentialCreationOptions of StartWebAuthnRegistration. */
export async function creationOptions(
  pool: PoolState,
  user: User,
  clientId: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await simplewebauthn();
  const options = await generateRegistrationOptions({
    rpName: pool.relyingPartyId,
    rpID: pool.relyingPartyId,
    userName: user.username,
    userDisplayName: user.username,
    userID: new TextEncoder().encode(user.sub),
    challenge: Uint8Array.from(pool.random.bytes(CHALLENGE_BYTES)),
    attestationType: 'none',
    excludeCredentials: user.passkeys.map(descriptor),
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    supportedAlgorithmIDs: [-7, -257],
  });
  pool.passkeyChallenges.put(options.challenge, {
    purpose: 'registration',
    clientId,
    username: user.username,
  });
  return options;
}

/**
 * The passkey of a RegistrationResponseJSON. Its challenge is spent, whether it verifies or not.
 *
 * @throws ServiceException WebAuthn…Exception, InvalidParameterException
 */
export async function registeredPasskey(
  pool: PoolState,
  user: User,
  clientId: string,
  credential: object,
): Promise<Passkey> {
  const { challenge, origin } = clientDataOf(credential);
  const pending = pool.passkeyChallenges.get(challenge);
  if (
    !pending ||
    pending.expired ||
    pending.value.purpose !== 'registration' ||
    pending.value.username !== user.username
  ) {
    throw new ServiceException('WebAuthnChallengeNotFoundException', 'No registration is under way.');
  }
  if (pending.value.clientId !== clientId) {
    throw new ServiceException('WebAuthnClientMismatchException', 'Another client began the registration.');
  }
  pool.passkeyChallenges.delete(challenge);
  if (!allowsOrigin(pool, origin)) {
    throw new ServiceException('WebAuthnOriginNotAllowedException', 'The origin is not allowed.');
  }
  const { verifyRegistrationResponse } = await simplewebauthn();
  const response = credential as RegistrationResponseJSON;
  const { registrationInfo, verified } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: pool.relyingPartyId,
    requireUserVerification: false,
  }).catch((error: unknown) => {
    const text = error instanceof Error ? error.message : '';
    if (/RP ID/.test(text)) {
      throw new ServiceException(
        'WebAuthnRelyingPartyMismatchException',
        'The relying party does not match.',
      );
    }
    throw new ServiceException('WebAuthnCredentialNotSupportedException', text);
  });
  if (!verified) throw new ServiceException('WebAuthnCredentialNotSupportedException', 'Not verified.');
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
  return {
    id,
    publicKey,
    counter,
    transports,
    attachment: response.authenticatorAttachment,
    name: `Passkey ${user.passkeys.length + 1}`,
    createdAt: pool.now(),
  };
}

/** CREDENTIAL_REQUEST_OPTIONS of WEB_AUTHN, before JSON. */
export async function requestOptions(
  pool: PoolState,
  user: User,
  clientId: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await simplewebauthn();
  const options = await generateAuthenticationOptions({
    rpID: pool.relyingPartyId,
    challenge: Uint8Array.from(pool.random.bytes(CHALLENGE_BYTES)),
    allowCredentials: user.passkeys.map(descriptor),
    userVerification: 'preferred',
  });
  pool.passkeyChallenges.put(options.challenge, { purpose: 'assertion', clientId, username: user.username });
  return options;
}

/**
 * Checks the AuthenticationResponseJSON of CREDENTIAL.
 *
 * @returns the passkey with its new counter, or undefined where it proves nothing
 * @throws ServiceException InvalidParameterException for text that is no such JSON
 */
export async function assertedPasskey(
  pool: PoolState,
  user: User,
  clientId: string,
  credentialJson: string,
): Promise<Passkey | undefined> {
  const credential = parseObject(() => credentialJson);
  const { challenge, origin } = clientDataOf(credential);
  const pending = pool.passkeyChallenges.get(challenge);
  const passkey = user.passkeys.find(({ id }) => id === (credential as AuthenticationResponseJSON).id);
  if (
    !pending ||
    pending.expired ||
    pending.value.purpose !== 'assertion' ||
    pending.value.username !== user.username ||
    pending.value.clientId !== clientId ||
    !passkey ||
    !allowsOrigin(pool, origin)
  ) {
    return undefined;
  }
  const { verifyAuthenticationResponse } = await simplewebauthn();
  const result = await verifyAuthenticationResponse({
    response: credential as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: pool.relyingPartyId,
    credential: {
      id: passkey.id,
      publicKey: Uint8Array.from(passkey.publicKey),
      counter: passkey.counter,
    } satisfies WebAuthnCredential,
    requireUserVerification: false,
  }).catch(() => undefined);
  // A second answer may have come while the first was being verified
  if (!result?.verified || !pool.passkeyChallenges.get(challenge)) return undefined;
  pool.passkeyChallenges.delete(challenge);
  return { ...passkey, counter: result.authenticationInfo.newCounter };
}

const descriptor = ({ id, transports }: Passkey) => ({
  id,
  transports: [...transports] as AuthenticatorTransport[],
});

function parseObject(json: () => string): object {
  try {
    const value: unknown = JSON.parse(json());
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Falls through: no base64url, no JSON and no object are the same mistake
  }
  throw invalidParameter('Invalid credential');
}

/** What the browser signed: CollectedClientData. */
function clientDataOf(credential: object): { readonly challenge: string; readonly origin: string } {
  const { response } = credential as { response?: { clientDataJSON?: unknown } };
  const encoded = response?.clientDataJSON;
  if (typeof encoded !== 'string' || !/^[\w-]+$/.test(encoded)) throw invalidParameter('Invalid credential');
  const { challenge, origin } = parseObject(() => atob(encoded.replace(/-/g, '+').replace(/_/g, '/'))) as {
    challenge?: unknown;
    origin?: unknown;
  };
  if (typeof challenge !== 'string' || typeof origin !== 'string')
    throw invalidParameter('Invalid credential');
  return { challenge, origin };
}
