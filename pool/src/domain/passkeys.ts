/** Passkeys: WebAuthn registration and assertion. Uses @simplewebauthn/server. */
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server';
import type { Pool } from '../service/pool.ts';
import { relyingPartyToAsk } from './relying-party.ts';
import { invalidParameter, ServiceException } from './service-exception.ts';
import type { Passkey, User } from './user.ts';

/** Loaded when a passkey is first used, because the library is large. */
const loadSimpleWebAuthn = () => import('@simplewebauthn/server');

const CHALLENGE_BYTES = 32;

/** As the option relyingPartyOrigins documents it, so without the [::1] of `LOOPBACK_HOSTS`: a relying party id is a domain. */
const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

function allowsOrigin({ relyingPartyOrigins }: Pool, relyingPartyId: string, origin: string): boolean {
  if (relyingPartyOrigins) return relyingPartyOrigins.includes(origin);
  return LOOPBACK_ORIGIN.test(origin) || origin === `https://${relyingPartyId}`;
}

/** Makes the CredentialCreationOptions of StartWebAuthnRegistration. */
export async function creationOptions(
  pool: Pool,
  user: User,
  { clientId, relyingPartyId }: { readonly clientId: string; readonly relyingPartyId: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await loadSimpleWebAuthn();
  const options = await generateRegistrationOptions({
    rpName: relyingPartyId,
    rpID: relyingPartyId,
    userName: user.username,
    userDisplayName: user.username,
    userID: new TextEncoder().encode(user.sub),
    challenge: Uint8Array.from(pool.random.bytes(CHALLENGE_BYTES)),
    attestationType: 'none',
    excludeCredentials: user.passkeys.map(descriptor),
    authenticatorSelection: { residentKey: 'required', userVerification: pool.passkeyUserVerification },
    supportedAlgorithmIDs: [-7, -257],
  });
  pool.passkeyChallenges.put(options.challenge, {
    purpose: 'registration',
    relyingPartyId,
    clientId,
    username: user.username,
  });
  return options;
}

/**
 * Reads and verifies a RegistrationResponseJSON. Its challenge cannot be used again, even if the verification fails.
 *
 * @throws ServiceException WebAuthn…Exception, InvalidParameterException
 */
export async function verifyRegistration(
  pool: Pool,
  user: User,
  clientId: string,
  credential: object,
): Promise<Passkey> {
  const { challenge, origin } = readClientData(credential);
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
  const { relyingPartyId } = pending.value;
  pool.passkeyChallenges.delete(challenge);
  if (!allowsOrigin(pool, relyingPartyId, origin)) {
    throw new ServiceException('WebAuthnOriginNotAllowedException', 'The origin is not allowed.');
  }
  const { verifyRegistrationResponse } = await loadSimpleWebAuthn();
  const response = credential as RegistrationResponseJSON;
  const { registrationInfo, verified } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: relyingPartyId,
    requireUserVerification: pool.passkeyUserVerification === 'required',
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
  const { authenticatorAttachment: attachment }: { readonly authenticatorAttachment?: unknown } = response;
  // The library passes on what the client wrote
  if (![...transports, attachment ?? ''].every((text) => typeof text === 'string')) {
    throw invalidParameter(CREDENTIAL_INVALID);
  }
  return {
    id,
    publicKey,
    relyingPartyId,
    counter,
    transports,
    attachment: typeof attachment === 'string' ? attachment : undefined,
    name: `Passkey ${user.passkeys.length + 1}`,
    createdAt: pool.now(),
  };
}

/** Whether a sign-in has to verify the user: the pool says so, or the passkey counts as both factors. */
const verifiesUser = ({ passkeyUserVerification }: Pool, { passkeyMfa }: User): boolean =>
  passkeyMfa || passkeyUserVerification === 'required';

/** Makes the CREDENTIAL_REQUEST_OPTIONS of WEB_AUTHN, before they are written as JSON. */
export async function requestOptions(
  pool: Pool,
  user: User,
  clientId: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await loadSimpleWebAuthn();
  const rpID = relyingPartyToAsk(pool, user.passkeys);
  const options = await generateAuthenticationOptions({
    rpID,
    challenge: Uint8Array.from(pool.random.bytes(CHALLENGE_BYTES)),
    allowCredentials: user.passkeys.filter(({ relyingPartyId }) => relyingPartyId === rpID).map(descriptor),
    userVerification: verifiesUser(pool, user) ? 'required' : 'preferred',
  });
  pool.passkeyChallenges.put(options.challenge, { purpose: 'assertion', clientId, username: user.username });
  return options;
}

/**
 * Verifies the AuthenticationResponseJSON of CREDENTIAL.
 *
 * @returns the passkey with its new counter, or undefined if the verification fails
 * @throws ServiceException InvalidParameterException if the text is not such JSON
 */
export async function verifyAssertion(
  pool: Pool,
  user: User,
  clientId: string,
  credentialJson: string,
): Promise<Passkey | undefined> {
  const credential = parseObject(() => credentialJson);
  const { challenge, origin } = readClientData(credential);
  const pending = pool.passkeyChallenges.get(challenge);
  const passkey = user.passkeys.find(({ id }) => id === (credential as AuthenticationResponseJSON).id);
  if (
    !pending ||
    pending.expired ||
    pending.value.purpose !== 'assertion' ||
    pending.value.username !== user.username ||
    pending.value.clientId !== clientId ||
    !passkey ||
    !allowsOrigin(pool, passkey.relyingPartyId, origin)
  ) {
    return undefined;
  }
  const { verifyAuthenticationResponse } = await loadSimpleWebAuthn();
  const result = await verifyAuthenticationResponse({
    response: credential as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: passkey.relyingPartyId,
    credential: {
      id: passkey.id,
      publicKey: Uint8Array.from(passkey.publicKey),
      counter: passkey.counter,
    } satisfies WebAuthnCredential,
    requireUserVerification: verifiesUser(pool, user),
  }).catch(() => undefined);
  // Another answer may have used the challenge while this one was being verified
  if (!result?.verified || !pool.passkeyChallenges.get(challenge)) return undefined;
  pool.passkeyChallenges.delete(challenge);
  return { ...passkey, counter: result.authenticationInfo.newCounter };
}

const descriptor = ({ id, transports }: Passkey) => ({
  id,
  transports: [...transports] as AuthenticatorTransport[],
});

/** Reported for CompleteWebAuthnRegistration: aws/aws-sdk-net#4386. */
const CREDENTIAL_INVALID = 'Credential data is not valid';

function parseObject(json: () => string): object {
  try {
    const value: unknown = JSON.parse(json());
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Text that is not base64url, not JSON or not an object has the same refusal
  }
  throw invalidParameter(CREDENTIAL_INVALID);
}

/** Reads the CollectedClientData that the browser signed. */
function readClientData(credential: object): { readonly challenge: string; readonly origin: string } {
  const { response } = credential as { response?: { clientDataJSON?: unknown } };
  const encoded = response?.clientDataJSON;
  if (typeof encoded !== 'string' || !/^[\w-]+$/.test(encoded)) throw invalidParameter(CREDENTIAL_INVALID);
  const { challenge, origin } = parseObject(() => atob(encoded.replace(/-/g, '+').replace(/_/g, '/'))) as {
    challenge?: unknown;
    origin?: unknown;
  };
  if (typeof challenge !== 'string' || typeof origin !== 'string') throw invalidParameter(CREDENTIAL_INVALID);
  return { challenge, origin };
}
