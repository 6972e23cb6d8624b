/**
 * The three kinds of error this package throws, and the closed union of their codes.
 *
 * 1. {@link ArgumentError}: the caller made a mistake. No request was sent.
 * 2. {@link ProtocolError}: there is no usable answer. The network failed, the time limit passed, or the reply breaks the
 *    protocol.
 * 3. {@link ServiceError}: the service said no.
 *
 * An error is complete when it is made and is not changed afterwards. No message, field or stack holds a password, a token, a
 * session, a client secret or an SRP secret. An error that the caller's own transport throws is kept as `cause`, unchanged:
 * some HTTP libraries put the request into it. Programs should compare `code`. Messages are for people and may change.
 */
// biome-ignore-all lint/complexity/noThisInStatic: the class that `instanceof` asks about may be a derived one

/** The caller's mistakes. */
export type ArgumentErrorCode =
  | 'USER_POOL_ID_INVALID'
  | 'CLIENT_ID_INVALID'
  | 'CLIENT_SECRET_INVALID'
  | 'REGION_INVALID'
  | 'ENDPOINT_INVALID'
  /** The endpoint is plain http on a host that is not loopback. */
  | 'ENDPOINT_INSECURE'
  | 'USERNAME_INVALID'
  | 'PASSWORD_INVALID'
  | 'OPTION_INVALID'
  /** Not a challenge of this package, of another version, or of another pool or client. */
  | 'CHALLENGE_INVALID'
  /** The answer does not have the shape that this challenge takes. */
  | 'ANSWER_INVALID'
  /** There is neither `crypto.getRandomValues` nor the option `rng`. */
  | 'RANDOMNESS_MISSING'
  /** `rng` returned something that cannot be random bytes of the requested length. */
  | 'RANDOMNESS_INVALID'
  /** The JavaScript engine lacks something that this build needs. */
  | 'RUNTIME_INCOMPLETE';

/** Why there is no usable answer. */
export type ProtocolErrorCode =
  /** The request or its reply was lost. Whether the service carried the request out is not known. */
  | 'NETWORK_FAILED'
  | 'TIMED_OUT'
  | 'BODY_NOT_JSON'
  | 'BODY_TOO_LARGE'
  /** The reply is JSON, but does not have the shape of this operation's output. */
  | 'REPLY_MALFORMED'
  /** The service asks for a proof of a password or a device that this call was not given. */
  | 'CHALLENGE_UNEXPECTED'
  | 'CHALLENGE_PARAMETER_MISSING'
  /** A challenge parameter or reply member that should hold JSON or a known shape does not. */
  | 'CHALLENGE_PARAMETER_INVALID'
  | 'SRP_B_INVALID'
  | 'SALT_INVALID'
  | 'SECRET_BLOCK_INVALID'
  /** A token is not this pool's and client's, has expired, or belongs to another user than expected. */
  | 'TOKEN_INVALID'
  /** A verified token does not have a group or a scope that a server requires. */
  | 'TOKEN_INSUFFICIENT'
  /** No sign-in by redirect with this `state` was begun here, or it was completed before, or took too long. */
  | 'REDIRECT_UNEXPECTED'
  /** A verifier got the pool's public keys, and they cannot be used: malformed, too short, or of another algorithm. */
  | 'KEYS_INVALID'
  /** The scrambling parameter u is 0 (RFC 5054 §2.6). */
  | 'U_ZERO';

/** The service's refusals, told apart by exception name and, if that is not enough, by text. */
export type ServiceErrorCode =
  | 'INCORRECT_USERNAME_OR_PASSWORD'
  | 'ATTEMPTS_EXCEEDED'
  | 'USER_DISABLED'
  | 'USER_NOT_FOUND'
  | 'USER_NOT_CONFIRMED'
  /** The user was confirmed before, so there is nothing to confirm and no code to send. The user can sign in. */
  | 'USER_ALREADY_CONFIRMED'
  /** Only an administrator creates users in this pool. */
  | 'SIGN_UP_NOT_PERMITTED'
  /** The password cannot be reset, because the user has no verified address or number that a code could be sent to. */
  | 'NO_VERIFIED_ADDRESS'
  /** Only an administrator resets passwords in this pool. */
  | 'PASSWORD_RESET_NOT_PERMITTED'
  /** The user came from an identity provider and has no password here. The sign-in leads through that provider. */
  | 'FEDERATED_USER'
  /** The password cannot be reset, because the user has not signed in with the temporary password yet. */
  | 'TEMPORARY_PASSWORD_UNUSED'
  | 'PASSWORD_RESET_REQUIRED'
  | 'TEMPORARY_PASSWORD_EXPIRED'
  | 'SESSION_EXPIRED'
  | 'SESSION_USED'
  | 'SESSION_INVALID'
  | 'CODE_MISMATCH'
  | 'CODE_EXPIRED'
  /** The authenticator app's code was accepted once already. The next code will be taken. */
  | 'CODE_USED'
  | 'CODE_DELIVERY_FAILED'
  /** `message` holds the rule that the password breaks. */
  | 'PASSWORD_POLICY'
  | 'USERNAME_EXISTS'
  | 'ALIAS_EXISTS'
  /** The user name does not have the form that the pool wants, such as an e-mail address. `message` says which. */
  | 'USERNAME_REFUSED'
  /** An attribute of the user is missing, or its value has a wrong form. `message` says which. */
  | 'ATTRIBUTE_REFUSED'
  /** The pool does not have the attribute, or the app client may not write it. */
  | 'ATTRIBUTE_NOT_PERMITTED'
  /** The attribute has a value already and the pool does not let it change. */
  | 'ATTRIBUTE_IMMUTABLE'
  | 'MFA_NOT_SET_UP'
  | 'PASSKEY_REFUSED'
  /** The app client or the relying party is not set up for passkeys from this origin. */
  | 'PASSKEY_NOT_ENABLED'
  | 'ACCESS_TOKEN_REFUSED'
  | 'REFRESH_TOKEN_REFUSED'
  /** The code of a sign-in by redirect is unknown, was used, is too old, or is another client's. */
  | 'AUTHORIZATION_CODE_REFUSED'
  /** The user, or the identity provider, has declined a sign-in by redirect. */
  | 'SIGN_IN_DENIED'
  /** A sign-in by redirect was to show no page, and cannot do without one. */
  | 'LOGIN_REQUIRED'
  /** The token was used before and its grace period is over. Perhaps somebody else has it. */
  | 'REFRESH_TOKEN_REUSED'
  /** The endpoint does not know the operation: it is not AWS's, or is older than the operation. */
  | 'OPERATION_UNKNOWN'
  /** The settings do not allow the operation: revocation is off, rotation is on, or the pool's tier does not have it. */
  | 'OPERATION_NOT_ENABLED'
  /** The AWS credentials of an admin call are missing, wrong or expired, or do not permit the operation. */
  | 'CREDENTIALS_REFUSED'
  | 'SECRET_HASH_REFUSED'
  | 'CLIENT_NOT_FOUND'
  | 'FLOW_NOT_ENABLED'
  | 'DEVICE_NOT_FOUND'
  /** The service refused the proof of the stored device, so what is stored is not what was confirmed. Forget it. */
  | 'DEVICE_REFUSED'
  /** A Lambda trigger refused the user; `message` holds its reason. */
  | 'TRIGGER_REFUSED'
  /** A Lambda trigger failed. */
  | 'TRIGGER_FAILED'
  /** The pool's settings are incomplete: a role for SMS or e-mail, or an add-on, is missing. */
  | 'POOL_MISCONFIGURED'
  | 'TIMESTAMP_REFUSED'
  | 'PARAMETER_REFUSED'
  | 'FIREWALL_REFUSED'
  | 'THROTTLED'
  | 'INTERNAL_ERROR'
  /** Any other exception: see `name`. */
  | 'REFUSED';

/** Every code, of all three kinds. */
export type ErrorCode = ArgumentErrorCode | ProtocolErrorCode | ServiceErrorCode;

/**
 * What can be done about an error:
 * - `answer-again`: the user can type another answer. The challenge can be answered once more, or outside a sign-in the
 *   same call can be made with the new value.
 * - `start-again`: this sign-in is over; call `signIn` again
 * - `request-new-code`: the code is too old; have another one sent
 * - `try-later`: make the same call again after a pause
 * - `confirm-sign-up`, `reset-password`: the user has to do that first
 * - `ask-administrator`: the user can do nothing; an administrator has to create or change this user
 * - `fix-configuration`: the user can do nothing; the developer has to change the application or a setting of the pool
 */
export type Recovery =
  | 'answer-again'
  | 'start-again'
  | 'request-new-code'
  | 'try-later'
  | 'confirm-sign-up'
  | 'reset-password'
  | 'ask-administrator'
  | 'fix-configuration';

/**
 * The kind of an error, by which `instanceof` knows it. Each class exists once per build, and an application may load the default
 * build, `./portable` and the CommonJS one. The registry of symbols is what they share, and nothing parsed from JSON has a symbol.
 * A class that an application derives exists once, so the kind does not count for it.
 */
const KIND: unique symbol = /* @__PURE__ */ Symbol.for('cognito-srp-engine');

function setKind(error: Error, value: 'ArgumentError' | 'ProtocolError' | 'ServiceError'): void {
  Object.defineProperty(error, KIND, { value });
}

const kindOf = (value: unknown): unknown =>
  (value as { readonly [KIND]?: unknown } | null | undefined)?.[KIND];

/** The caller's mistake. Nothing was sent; correct the argument and call again. */
export class ArgumentError extends TypeError {
  override readonly name = 'ArgumentError';
  readonly code: ArgumentErrorCode;
  /** The argument or option at fault, as the caller wrote it: `userPoolId`, `rng`, … */
  readonly field: string;

  /** Also true for an error of another build of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return super[Symbol.hasInstance](value) || (this === ArgumentError && kindOf(value) === 'ArgumentError');
  }

  constructor(code: ArgumentErrorCode, field: string, message: string) {
    super(message);
    setKind(this, 'ArgumentError');
    this.code = code;
    this.field = field;
  }
}

/** An {@link ArgumentError} whose message reads `"field" must be …`. */
export const mustBe = (code: ArgumentErrorCode, field: string, expected: string): ArgumentError =>
  new ArgumentError(code, field, `"${field}" must be ${expected}`);

/** Where a reply came from, as far as that is known. */
export interface ReplyOrigin {
  /** The AWS operation: `InitiateAuth`, … */
  readonly operation?: string | undefined;
  /** HTTP status of the reply. */
  readonly status?: number | undefined;
  /** `x-amzn-RequestId`, to quote to AWS support. */
  readonly requestId?: string | undefined;
}

/** What a {@link ProtocolError} can say besides its code and its message. */
export interface ProtocolErrorDetails extends ReplyOrigin {
  /** The reply's field at fault (`SRP_B`, …). */
  readonly field?: string | undefined;
  /** Default: `start-again`. */
  readonly recovery?: Recovery | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** There is no usable answer: the network failed, the time limit passed, or a reply breaks the protocol. */
export class ProtocolError extends Error implements ReplyOrigin {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;
  /** The reply's field at fault (`SRP_B`, …), if there is one. */
  readonly field: string | undefined;
  readonly recovery: Recovery;
  readonly operation: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  /** Also true for an error of another build of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return super[Symbol.hasInstance](value) || (this === ProtocolError && kindOf(value) === 'ProtocolError');
  }

  constructor(code: ProtocolErrorCode, message: string, details: ProtocolErrorDetails = {}) {
    const { operation, cause } = details;
    super(operation ? `${operation}: ${message}` : message, cause === undefined ? undefined : { cause });
    setKind(this, 'ProtocolError');
    this.code = code;
    this.field = details.field;
    this.recovery = details.recovery ?? 'start-again';
    this.operation = operation;
    this.status = details.status;
    this.requestId = details.requestId;
  }

  /**
   * The same failure with more details, as a new error: an error is not changed after it was made. Its `cause` is this
   * error's cause, or this error if that has none.
   */
  with(details: ProtocolErrorDetails): ProtocolError {
    const { field, recovery, operation, status, requestId } = this;
    const prefix = operation ? `${operation}: ` : '';
    return new ProtocolError(this.code, this.message.slice(prefix.length), {
      field,
      recovery,
      operation,
      status,
      requestId,
      cause: this.cause ?? this,
      ...details,
    });
  }
}

/** A {@link ProtocolError} whose message reads `"field" must be …`. */
export const malformed = (
  code: ProtocolErrorCode,
  field: string,
  expected: string,
  origin: ReplyOrigin = {},
): ProtocolError => new ProtocolError(code, `"${field}" must be ${expected}`, { ...origin, field });

/** The service said no. `name` is its exception (`NotAuthorizedException`, …), `message` its text. */
export class ServiceError extends Error implements ReplyOrigin {
  override readonly name: string;
  readonly code: ServiceErrorCode;
  readonly recovery: Recovery;
  readonly operation: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  /** Also true for an error of another build of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return super[Symbol.hasInstance](value) || (this === ServiceError && kindOf(value) === 'ServiceError');
  }

  /**
   * @param name the service's exception: `NotAuthorizedException`
   * @param message the service's text
   */
  constructor(
    code: ServiceErrorCode,
    recovery: Recovery,
    name: string,
    message: string,
    origin: ReplyOrigin = {},
  ) {
    super(message);
    setKind(this, 'ServiceError');
    this.name = name;
    this.code = code;
    this.recovery = recovery;
    this.operation = origin.operation;
    this.status = origin.status;
    this.requestId = origin.requestId;
  }
}
