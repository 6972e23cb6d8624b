/**
 * Passkeys between Cognito's JSON and the browser's `navigator.credentials`: base64url and ArrayBuffers.
 *
 * By hand, because `PublicKeyCredential.parseRequestOptionsFromJSON` and `toJSON` are newer than passkeys.
 */
import { malformed, mustBe } from '../../errors.ts';
import { fromBase64url, isNonEmptyString, isRecord, toBase64url } from '../values.ts';

/** Those of TypeScript's DOM types, so that the options fit them. */
type AuthenticatorTransport = 'ble' | 'hybrid' | 'internal' | 'nfc' | 'usb';

interface CredentialDescriptor {
  readonly type: 'public-key';
  readonly id: ArrayBuffer;
  readonly transports?: AuthenticatorTransport[];
}

/** Fits `navigator.credentials.get`. */
export interface PasskeyRequest {
  readonly publicKey: {
    readonly challenge: ArrayBuffer;
    readonly rpId?: string;
    readonly timeout?: number;
    readonly userVerification?: 'required' | 'preferred' | 'discouraged';
    readonly allowCredentials?: CredentialDescriptor[];
  };
}

/** Fits `navigator.credentials.create`. */
export interface PasskeyCreation {
  readonly publicKey: {
    readonly challenge: ArrayBuffer;
    readonly rp: { readonly name: string; readonly id?: string };
    readonly user: { readonly id: ArrayBuffer; readonly name: string; readonly displayName: string };
    readonly pubKeyCredParams: { readonly type: 'public-key'; readonly alg: number }[];
    readonly timeout?: number;
    readonly excludeCredentials?: CredentialDescriptor[];
  };
}

type Json = Readonly<Record<string, unknown>>;

/**
 * What to give `navigator.credentials.get` for a WEB_AUTHN challenge.
 *
 * @param requestOptions `challenge.requestOptions` (WebAuthn §5.1.10 PublicKeyCredentialRequestOptionsJSON)
 */
export function passkeyRequest(requestOptions: Json): PasskeyRequest {
  return {
    publicKey: fromJson(requestOptions, 'challenge', 'allowCredentials') as PasskeyRequest['publicKey'],
  };
}

/** What to give `navigator.credentials.create` for `CredentialCreationOptions` of StartWebAuthnRegistration. */
export function passkeyCreation(creationOptions: Json): PasskeyCreation {
  const { user, ...rest } = creationOptions;
  return {
    publicKey: {
      ...fromJson(rest, 'challenge', 'excludeCredentials'),
      user: fromJson((user ?? {}) as Json, 'id'),
    } as unknown as PasskeyCreation['publicKey'],
  };
}

function fromJson(options: Json, binary: string, list?: string): Json {
  const result: Record<string, unknown> = { ...options, [binary]: buffer(options[binary], binary) };
  if (list !== undefined && Array.isArray(options[list])) {
    result[list] = options[list].map((item: Json | null) => ({
      ...item,
      id: buffer(item?.['id'], `${list}.id`),
    }));
  }
  return result;
}

function buffer(value: unknown, field: string): ArrayBuffer {
  const bytes = fromBase64url(value);
  if (!bytes) throw malformed('CHALLENGE_PARAMETER_INVALID', field, 'base64url');
  return new Uint8Array(bytes).buffer;
}

/** Members of the authenticator's response that are ArrayBuffers (WebAuthn §5.2). */
const BINARY_RESPONSE = [
  'clientDataJSON',
  'authenticatorData',
  'signature',
  'userHandle',
  'attestationObject',
] as const;

/**
 * A `PublicKeyCredential` as the JSON the service takes (WebAuthn §5.1 `toJSON`). What is JSON already stays
 * as it is.
 *
 * @param field the caller's name for it
 * @throws ArgumentError ANSWER_INVALID for what is no credential
 */
export function credentialJson(credential: unknown, field: string): Json {
  const given = (credential ?? {}) as Json & {
    readonly toJSON?: unknown;
    getClientExtensionResults?: unknown;
  };
  const { id, response } = given;
  if (!isNonEmptyString(id) || !isRecord(response)) {
    throw mustBe('ANSWER_INVALID', field, 'what navigator.credentials gave, or its toJSON()');
  }
  if (isNonEmptyString(response['clientDataJSON'])) return given;
  if (typeof given.toJSON === 'function') return given.toJSON() as Json;

  const { getClientExtensionResults: extensions } = given;
  const buffers = BINARY_RESPONSE.filter((name) => response[name]);
  return {
    id,
    rawId: base64url(given['rawId']),
    type: given['type'],
    response: {
      ...Object.fromEntries(buffers.map((name) => [name, base64url(response[name])])),
      transports: (response as { getTransports?: () => string[] }).getTransports?.(),
    },
    clientExtensionResults: typeof extensions === 'function' ? extensions.call(given) : {},
    authenticatorAttachment: given['authenticatorAttachment'] || undefined,
  };
}

const base64url = (bytes: unknown): string => toBase64url(new Uint8Array(bytes as ArrayBuffer));
