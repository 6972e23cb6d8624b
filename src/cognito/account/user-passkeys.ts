/** The passkeys of a signed-in user: registered, listed and deleted. */

import { malformed, mustBe } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { requireText, requireTexts } from '../../required-input.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import { listItems } from '../client/pages.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { credentialJson, type PasskeyJson } from '../sign-in/passkey-json.ts';
import {
  type AccessTokenInput,
  isNonEmptyString,
  isRecord,
  isStringArray,
  toEpochMillis,
} from '../values.ts';

/** The user of {@link startPasskeyRegistration}. */
export interface StartPasskeyRegistrationInput extends AccessTokenInput {}

/**
 * Begins the registration of a passkey (AWS operation StartWebAuthnRegistration).
 *
 * @param pool the user pool and its app client
 * @param input the access token
 * @param options how the request is sent
 * @returns WebAuthn's `PublicKeyCredentialCreationOptionsJSON`. `passkeyCreation` turns it into what
 *   `navigator.credentials.create` takes.
 * @throws ServiceError PASSKEY_NOT_ENABLED, ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import {
 *   completePasskeyRegistration,
 *   passkeyCreation,
 *   startPasskeyRegistration,
 *   type UserPoolClient,
 * } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * const creationOptions = await startPasskeyRegistration(pool, { accessToken });
 * const credential = await navigator.credentials.create(passkeyCreation(creationOptions));
 * if (credential) await completePasskeyRegistration(pool, { accessToken, credential });
 * ```
 */
export async function startPasskeyRegistration(
  pool: UserPoolClient,
  input: StartPasskeyRegistrationInput,
  options: CallOptions = {},
): Promise<PasskeyJson> {
  const operation = 'StartWebAuthnRegistration';
  const { call } = connect(pool, options);
  const output = await call(
    operation,
    { AccessToken: requireText(input, 'accessToken') },
    { retry: 'after-lost-reply' },
  );
  const creationOptions = output['CredentialCreationOptions'];
  if (isRecord(creationOptions)) return creationOptions;
  throw malformed('REPLY_MALFORMED', 'CredentialCreationOptions', 'an object', { operation });
}

/** The passkey of {@link completePasskeyRegistration}. */
export interface CompletePasskeyRegistrationInput extends AccessTokenInput {
  /** What `navigator.credentials.create` gave, or its `toJSON()`. */
  readonly credential: object;
}

/**
 * Completes the registration of a passkey (AWS operation CompleteWebAuthnRegistration).
 *
 * @param pool the user pool and its app client
 * @param input the access token and the new credential
 * @param options how the request is sent
 * @returns nothing; the user can sign in with the passkey from now on
 * @throws ServiceError PASSKEY_REFUSED, PASSKEY_NOT_ENABLED, ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError ANSWER_INVALID if `credential` is not a credential, or another code if the pool or an option
 *   cannot be right
 * @example
 * ```ts
 * import { completePasskeyRegistration, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 * declare const credential: PublicKeyCredential;
 *
 * await completePasskeyRegistration(pool, { accessToken, credential });
 * ```
 */
export async function completePasskeyRegistration(
  pool: UserPoolClient,
  input: CompletePasskeyRegistrationInput,
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('CompleteWebAuthnRegistration', {
    AccessToken: requireText(input, 'accessToken'),
    Credential: credentialJson(input.credential, 'credential'),
  });
}

/** A passkey as the service describes it. */
export interface RegisteredPasskey {
  /** The credential id, base64url. `deletePasskey` takes it. */
  readonly id: string;
  /** The name that the service made up for it. */
  readonly name: string;
  /** The host name that the passkey belongs to. */
  readonly relyingPartyId: string;
  /** `platform` if it is built into the device, `cross-platform` if it is a key of its own. */
  readonly attachment?: string;
  /** How a browser reaches it: `internal`, `usb`, `nfc`, `ble`, `hybrid`. */
  readonly transports: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
}

/** The user of {@link listPasskeys}. */
export interface ListPasskeysInput extends AccessTokenInput {
  /** How many passkeys one request asks for: a whole number from 1 to 20. Default 20. */
  readonly pageSize?: number | undefined;
}

/**
 * Lists the passkeys of the user (AWS operation ListWebAuthnCredentials). It asks for the next page when the loop gets
 * there.
 *
 * @param pool the user pool and its app client
 * @param input the access token and the size of a page
 * @param options how the requests are sent
 * @returns the passkeys, one after the other
 * @throws ServiceError ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError OPTION_INVALID for another page size or an access token that is not a string, or another code
 *   if the pool or an option cannot be right
 * @example
 * ```ts
 * import { listPasskeys, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * for await (const { id, name, createdAt = 0 } of listPasskeys(pool, { accessToken })) {
 *   console.log(id, name, new Date(createdAt).toLocaleDateString());
 * }
 * ```
 */
export async function* listPasskeys(
  pool: UserPoolClient,
  input: ListPasskeysInput,
  options: CallOptions = {},
): AsyncGenerator<RegisteredPasskey, void, undefined> {
  const operation = 'ListWebAuthnCredentials';
  const { accessToken, pageSize = 20 } = requireTexts(input, 'accessToken');
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 20) {
    throw mustBe('OPTION_INVALID', 'pageSize', 'a whole number from 1 to 20');
  }
  const { call } = connect(pool, options);
  const passkeys = listItems('Credentials', 'NextToken', (NextToken) =>
    call(
      operation,
      { AccessToken: accessToken, MaxResults: pageSize, NextToken },
      { retry: 'after-lost-reply' },
    ),
  );
  for await (const passkey of passkeys) yield readPasskey(operation, passkey);
}

/** Reads the wire's `WebAuthnCredentialDescription`. */
function readPasskey(operation: string, value: unknown): RegisteredPasskey {
  const passkey = isRecord(value) ? value : {};
  const { CredentialId: id, FriendlyCredentialName: name, RelyingPartyId: relyingPartyId } = passkey;
  const { AuthenticatorAttachment: attachment, AuthenticatorTransports: transports } = passkey;
  if (!isNonEmptyString(id)) throw malformed('REPLY_MALFORMED', 'CredentialId', 'a string', { operation });
  return omitUndefined({
    id,
    name: isNonEmptyString(name) ? name : '',
    relyingPartyId: isNonEmptyString(relyingPartyId) ? relyingPartyId : '',
    attachment: isNonEmptyString(attachment) ? attachment : undefined,
    transports: isStringArray(transports) ? transports : [],
    createdAt: toEpochMillis(passkey['CreatedAt']),
  });
}

/** The passkey that {@link deletePasskey} removes. */
export interface DeletePasskeyInput extends AccessTokenInput {
  /** `id` of a passkey that `listPasskeys` gave. */
  readonly passkeyId: string;
}

/**
 * Removes a passkey of the user from the service (AWS operation DeleteWebAuthnCredential). The authenticator keeps its
 * part, which signs in no more, until the user removes it there.
 *
 * @param pool the user pool and its app client
 * @param input the access token and the passkey
 * @param options how the request is sent
 * @returns nothing; the user cannot sign in with the passkey any more
 * @throws ServiceError ACCESS_TOKEN_REFUSED, REFUSED with the name `ResourceNotFoundException` if the user has no such
 *   passkey, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError OPTION_INVALID for a passkey id or an access token that is not a string, or another code if the
 *   pool or an option cannot be right
 * @example
 * ```ts
 * import { deletePasskey, listPasskeys, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * for await (const { id, name } of listPasskeys(pool, { accessToken })) {
 *   if (confirm(`Delete ${name}?`)) await deletePasskey(pool, { accessToken, passkeyId: id });
 * }
 * ```
 */
export async function deletePasskey(
  pool: UserPoolClient,
  input: DeletePasskeyInput,
  options: CallOptions = {},
): Promise<void> {
  const { accessToken, passkeyId } = requireTexts(input, 'accessToken', 'passkeyId');
  await connect(pool, options).call('DeleteWebAuthnCredential', {
    AccessToken: accessToken,
    CredentialId: passkeyId,
  });
}
