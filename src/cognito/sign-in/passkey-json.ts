/**
 * Translates passkeys between Cognito's JSON, which has bytes as base64url, and the browser's
 * `navigator.credentials`, which has them as ArrayBuffers.
 *
 * `PublicKeyCredential.parseRequestOptionsFromJSON` and `toJSON` do the same, but some browsers with passkeys do not
 * have them.
 */
import { malformed, mustBe } from '../../errors.ts';
import { requireObject } from '../../required-input.ts';
import { fromBase64url, isNonEmptyString, isRecord, toBase64url } from '../values.ts';

/** An object of WebAuthn as JSON, with bytes as base64url. The service and the browser define its members. */
export type PasskeyJson = Readonly<Record<string, unknown>>;

/** How a browser reaches an authenticator. These are the values that TypeScript's DOM types know. */
export type PasskeyTransport = 'ble' | 'hybrid' | 'internal' | 'nfc' | 'usb';

/** One passkey in a list (WebAuthn §5.8.3 PublicKeyCredentialDescriptor). */
export interface PasskeyDescriptor {
  readonly type: 'public-key';
  readonly id: ArrayBuffer;
  readonly transports?: PasskeyTransport[];
}

/** What `navigator.credentials.get` takes (WebAuthn §5.5 PublicKeyCredentialRequestOptions). */
export interface PasskeyRequest {
  readonly publicKey: {
    readonly challenge: ArrayBuffer;
    readonly rpId?: string;
    /** Milliseconds. */
    readonly timeout?: number;
    readonly userVerification?: 'required' | 'preferred' | 'discouraged';
    readonly allowCredentials?: PasskeyDescriptor[];
  };
}

/** What `navigator.credentials.create` takes (WebAuthn §5.4 PublicKeyCredentialCreationOptions). */
export interface PasskeyCreation {
  readonly publicKey: {
    readonly challenge: ArrayBuffer;
    readonly rp: { readonly name: string; readonly id?: string };
    readonly user: { readonly id: ArrayBuffer; readonly name: string; readonly displayName: string };
    readonly pubKeyCredParams: { readonly type: 'public-key'; readonly alg: number }[];
    /** Milliseconds. */
    readonly timeout?: number;
    readonly excludeCredentials?: PasskeyDescriptor[];
  };
}

/**
 * Turns the options of the challenge WEB_AUTHN into what `navigator.credentials.get` takes.
 *
 * @param requestOptions `challenge.requestOptions` (WebAuthn §5.1.10 PublicKeyCredentialRequestOptionsJSON)
 * @returns the same options, with ArrayBuffers for bytes
 * @throws ProtocolError CHALLENGE_PARAMETER_INVALID if bytes are not base64url
 * @example
 * ```ts
 * import { type ChallengeOf, passkeyRequest, respond, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const challenge: ChallengeOf<'WEB_AUTHN'>;
 *
 * const credential = await navigator.credentials.get(passkeyRequest(challenge.requestOptions));
 * if (credential) await respond(pool, challenge, { credential });
 * ```
 */
export function passkeyRequest(requestOptions: PasskeyJson): PasskeyRequest {
  const publicKey = {
    ...requestOptions,
    challenge: toArrayBuffer(requireObject(requestOptions, 'requestOptions')['challenge'], 'challenge'),
    ...descriptorsOf(requestOptions, 'allowCredentials'),
  };
  return { publicKey };
}

/**
 * Turns the options of a new passkey into what `navigator.credentials.create` takes.
 *
 * @param creationOptions what `startPasskeyRegistration` gave (WebAuthn §5.1.9 PublicKeyCredentialCreationOptionsJSON)
 * @returns the same options, with ArrayBuffers for bytes
 * @throws ProtocolError CHALLENGE_PARAMETER_INVALID if bytes are not base64url
 * @example
 * ```ts
 * import { passkeyCreation, startPasskeyRegistration, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * const creationOptions = await startPasskeyRegistration(pool, { accessToken });
 * const credential = await navigator.credentials.create(passkeyCreation(creationOptions));
 * console.log(credential?.id);
 * ```
 */
export function passkeyCreation(creationOptions: PasskeyJson): PasskeyCreation {
  const { user: given } = requireObject(creationOptions, 'creationOptions');
  const user = isRecord(given) ? given : {};
  const publicKey = {
    ...creationOptions,
    challenge: toArrayBuffer(creationOptions['challenge'], 'challenge'),
    user: { ...user, id: toArrayBuffer(user['id'], 'id') },
    ...descriptorsOf(creationOptions, 'excludeCredentials'),
  };
  // The browser checks the members that are not bytes, so the cast claims no more than it will.
  return { publicKey: publicKey as object as PasskeyCreation['publicKey'] };
}

/** The list of passkeys under that name, if there is one, with ArrayBuffers for ids. */
function descriptorsOf<Name extends string>(
  options: PasskeyJson,
  name: Name,
): { readonly [Key in Name]?: PasskeyDescriptor[] } {
  const list = options[name];
  if (!Array.isArray(list)) return {};
  const descriptors = list.map((item: unknown) => {
    const descriptor = isRecord(item) ? item : {};
    return { ...descriptor, id: toArrayBuffer(descriptor['id'], `${name}.id`) };
  });
  // The browser checks the other members of a descriptor.
  return { [name]: descriptors } as object as { readonly [Key in Name]?: PasskeyDescriptor[] };
}

function toArrayBuffer(value: unknown, field: string): ArrayBuffer {
  const bytes = fromBase64url(value);
  if (!bytes) throw malformed('CHALLENGE_PARAMETER_INVALID', field, 'base64url');
  // A copy, because the bytes may be a part of a larger buffer.
  return new Uint8Array(bytes).buffer;
}

/** The members of an authenticator's response that are ArrayBuffers (WebAuthn §5.2). */
const BINARY_MEMBERS = [
  'clientDataJSON',
  'authenticatorData',
  'signature',
  'userHandle',
  'attestationObject',
] as const;

/**
 * Turns a `PublicKeyCredential` into the JSON that the service takes (WebAuthn §5.1 `toJSON`). A credential that is
 * JSON already comes back unchanged.
 *
 * @param field the caller's name for the credential
 * @throws ArgumentError ANSWER_INVALID if it is not a credential
 */
export function credentialJson(credential: unknown, field: string): PasskeyJson {
  const given = isRecord(credential) ? credential : {};
  const { id, response } = given;
  if (!isNonEmptyString(id) || !isRecord(response)) {
    throw mustBe('ANSWER_INVALID', field, 'what navigator.credentials gave, or its toJSON()');
  }
  if (isNonEmptyString(response['clientDataJSON'])) return given;
  const json = callIfThere(given, 'toJSON');
  if (isRecord(json)) return json;
  const binaryMembers = BINARY_MEMBERS.filter((name) => response[name]);
  return {
    id,
    rawId: bufferToBase64url(given['rawId'], `${field}.rawId`),
    type: given['type'],
    response: {
      ...Object.fromEntries(
        binaryMembers.map((name) => [name, bufferToBase64url(response[name], `${field}.response.${name}`)]),
      ),
      transports: callIfThere(response, 'getTransports'),
    },
    clientExtensionResults: callIfThere(given, 'getClientExtensionResults') ?? {},
    authenticatorAttachment: given['authenticatorAttachment'] || undefined,
  };
}

/**
 * Calls a method that some browsers do not have. The credentials of password managers are plain objects with the native prototype,
 * whose methods refuse them ("Illegal invocation").
 */
function callIfThere(record: PasskeyJson, method: string): unknown {
  const work = record[method];
  try {
    return typeof work === 'function' ? work.call(record) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Some browsers leave out `rawId`, so what is missing counts as empty.
 *
 * @param buffer what WebAuthn has as an ArrayBuffer. A number, or an object with a `length`, would be taken for the size of a new one.
 * @throws ArgumentError ANSWER_INVALID for anything else
 */
function bufferToBase64url(buffer: unknown, field: string): string {
  if (buffer === undefined || buffer === null) return '';
  if (ArrayBuffer.isView(buffer)) {
    return toBase64url(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
  }
  if (isArrayBuffer(buffer)) return toBase64url(new Uint8Array(buffer));
  throw mustBe('ANSWER_INVALID', field, 'what navigator.credentials gave, with an ArrayBuffer for bytes');
}

/** It may be of another realm, so that it is not an instance of this one's. */
const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === '[object ArrayBuffer]';

/**
 * The JSON of a credential as a text, for the challenge WEB_AUTHN.
 *
 * @param field the caller's name for the credential
 * @throws ArgumentError ANSWER_INVALID if it is not a credential, or has something that JSON cannot have
 */
export function credentialText(credential: unknown, field: string): string {
  const json = credentialJson(credential, field);
  try {
    return JSON.stringify(json);
  } catch {
    throw mustBe('ANSWER_INVALID', field, 'a credential that can be written as JSON');
  }
}
