/** The shapes that inputs have in AWS's model, with the model's names and constraints. */
import {
  boolean,
  type Constraint,
  integer,
  length,
  list,
  map,
  object,
  oneOf,
  optional,
  pattern,
  type Shape,
  sensitive,
  string,
  structure,
} from './shape-checks.ts';

/** White space outside ASCII is allowed, as Java reads `\S`. How the service reads it is not known. */
const NO_SPACE = pattern(/^[^ \t\n\v\f\r]+$/, '[\\S]+');
const ANY: readonly Constraint<string>[] = length(0, 131_072);

export const StringType = string(...ANY);
export const ClientMetadataType = map(...ANY);
/** An absent map is read as an empty one, so that the refusal names the missing parameter. */
export const AuthParametersType: typeof ClientMetadataType = (json, path) =>
  ClientMetadataType(json ?? {}, path);
export const ChallengeResponsesType = AuthParametersType;

export const UserPoolIdType = string(
  ...length(1, 55),
  pattern(/^[\w-]+_[0-9a-zA-Z]+$/, '[\\w-]+_[0-9a-zA-Z]+'),
);
/** Hyphens are allowed, which the service refuses, because ids of local pools may have them. */
export const ClientIdType = sensitive(...length(1, 128), pattern(/^[\w+-]+$/, '[\\w+]+'));
/** Any length is allowed. The service requires 24 to 64 characters, but secrets of local pools may be short. */
export const ClientSecretType = sensitive();
export const SecretHashType = sensitive(...length(1, 128), pattern(/^[\w+=/]+$/, '[\\w+=/]+'));

/** Names of requests. A user in the options may have any name, so that a client can be tested with it. */
export const UsernameType = sensitive(
  ...length(1, 128),
  pattern(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u, '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+'),
);
export const PasswordType = sensitive(...length(0, 256), NO_SPACE);
export const ConfirmationCodeType = string(...length(1, 2048), NO_SPACE);
export const SoftwareTokenMFAUserCodeType = sensitive(...length(6, 6), pattern(/^[0-9]+$/, '[0-9]+'));
export const SessionType = sensitive(...length(20, 2048));
/** Access and refresh tokens. */
export const TokenModelType = sensitive(pattern(/^[A-Za-z0-9_=.-]+$/, '[A-Za-z0-9-_=.]+'));

export const AttributeNameType = string(
  ...length(1, 32),
  pattern(/^[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+$/u, '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+'),
);
const AttributeType = structure<{ readonly Name: string; readonly Value: string | undefined }>({
  Name: AttributeNameType,
  Value: optional(sensitive(...length(0, 2048))),
});
const AttributeList = list(AttributeType);
/** Reads the list into a record. An attribute without Value is empty. */
export const AttributeListType: Shape<Readonly<Record<string, string>>> = (json, path) =>
  Object.fromEntries(AttributeList(json, path).map(({ Name, Value = '' }) => [Name, Value]));

export const AttributeNameListType = list(AttributeNameType);

export const DeviceKeyType = string(...length(1, 55), pattern(/^[\w-]+_[0-9a-f-]+$/, '[\\w-]+_[0-9a-f-]+'));
export const DeviceNameType = string(...length(1, 1024));
export const DeviceRememberedStatusType = oneOf('not_remembered', 'remembered');
export const DeviceSecretVerifierConfigType = structure<{
  readonly PasswordVerifier?: string;
  readonly Salt?: string;
}>({ PasswordVerifier: optional(StringType), Salt: optional(StringType) });

/** SMSMfaSettingsType, SoftwareTokenMfaSettingsType and EmailMfaSettingsType have the same members. */
export const MfaSettingsType = structure<{ readonly Enabled?: boolean; readonly PreferredMfa?: boolean }>({
  Enabled: optional(boolean),
  PreferredMfa: optional(boolean),
});

export const WebAuthnMfaSettingsType = structure<{ readonly Enabled?: boolean }>({
  Enabled: optional(boolean),
});

/** The credential of a passkey. The model does not describe its members. */
export const Document = object;

export const SessionIdType = string(
  ...length(28, 28),
  pattern(/^(tkn|sso)[a-z0-9]{25}$/, '^(tkn|sso)[a-z0-9]{25}$'),
);
export const RevokeAssociatedSessionsType = oneOf('NONE', 'LINKED');
export const EventIdType = string(...length(1, 50), pattern(/^[\w+-]+$/, '[\\w+-]+'));
export const FeedbackValueType = oneOf('Valid', 'Invalid');

export const QueryLimitType = integer(0, 60);
export const WebAuthnCredentialsQueryLimitType = integer(0, 20);
export const SearchPaginationTokenType = string(...length(1), NO_SPACE);
export const PaginationKey = string(...length(1, 131_072), NO_SPACE);
