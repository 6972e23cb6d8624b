/**
 * Passkeys between Cognito's JSON and the browser's `navigator.credentials`: base64url and ArrayBuffers.
 *
 * By hand, because `PublicKeyCredential.parseRequestOptionsFromJSON` and `toJSON` are newer than passkeys.
 */
import { fromBase64, toBase64 } from '#encoding';
import { ArgumentError, ProtocolError } from '../errors.ts';

/** Those of TypeScript's DOM types, so that the options fit them. */
type Transport = 'ble' | 'hybrid' | 'internal' | 'nfc' | 'usb';

interface CredentialDescriptor {
  readonly type: 'public-key';
  readonly id: ArrayBuffer;
  readonly transports?: Transport[];
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
    publicKey: fromJson(requestOptions, ['challenge'], 'allowCredentials') as PasskeyRequest['publicKey'],
  };
}

/** What to give `navigator.credentials.create` for `CredentialCreationOptions` of StartWebAuthnRegistration. */
export function passkeyCreation(creationOptions: Json): PasskeyCreation {
  const { user, ...rest } = creationOptions;
  return {
    publicKey: {
      ...fromJson(rest, ['challenge'], 'excludeCredentials'),
      user: fromJson((user ?? {}) as Json, ['id']),
    } as unknown as PasskeyCreation['publicKey'],
  };
}

function fromJson(options: Json, binary: readonly string[], list?: string): Json {
  const result: Record<string, unknown> = { ...options };
  for (const name of binary) result[name] = buffer(options[name], name);
  if (list !== undefined && Array.isArray(options[list])) {
    result[list] = options[list].map((item: Json) => ({ ...item, id: buffer(item['id'], `${list}.id`) }));
  }
  return result;
}

function buffer(value: unknown, field: string): ArrayBuffer {
  if (typeof value !== 'string' || !/^[\w-]+$/.test(value)) {
    throw new ProtocolError('CHALLENGE_PARAMETER_INVALID', `Passkey options: "${field}" must be base64url`, {
      field,
    });
  }
  const base64 = value.replace(/-/g, '+').replace(/_/g, '/');
  return new Uint8Array(fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='))).buffer;
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
 * @throws ArgumentError ANSWER_INVALID for what is no credential
 */
export function credentialJson(credential: unknown): Json {
  const invalid = () =>
    new ArgumentError(
      'ANSWER_INVALID',
      'answer.credential',
      '"answer.credential" must be what navigator.credentials gave, or its toJSON()',
    );
  if (typeof credential !== 'object' || credential === null) throw invalid();
  const given = credential as Json & { toJSON?: unknown; getClientExtensionResults?: unknown };
  const response = given['response'];
  if (typeof given['id'] !== 'string' || typeof response !== 'object' || response === null) throw invalid();
  if (typeof (response as Json)['clientDataJSON'] === 'string') return given;
  if (typeof given.toJSON === 'function') return given.toJSON() as Json;

  const encoded: Record<string, unknown> = {};
  for (const name of BINARY_RESPONSE) {
    const value = (response as Json)[name];
    if (value !== undefined && value !== null) encoded[name] = base64url(value as ArrayBuffer);
  }
  const { getTransports } = response as { getTransports?: () => string[] };
  if (typeof getTransports === 'function') encoded['transports'] = getTransports.call(response);
  const extensions = given.getClientExtensionResults;
  return {
    id: given['id'],
    rawId: base64url(given['rawId'] as ArrayBuffer),
    type: given['type'],
    response: encoded,
    clientExtensionResults: typeof extensions === 'function' ? extensions.call(given) : {},
    ...(given['authenticatorAttachment']
      ? { authenticatorAttachment: given['authenticatorAttachment'] }
      : {}),
  };
}

const base64url = (bytes: ArrayBuffer): string =>
  toBase64(new Uint8Array(bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
