/**
 * The three kinds of error this package throws, and the closed union of their codes.
 *
 * 1. {@link ArgumentError}: the caller's mistake; no request was sent.
 * 2. {@link ProtocolError}: no usable answer. The network failed, the time ran out, or what came back
 *    breaks the protocol.
 * 3. {@link ServiceError}: the service said no.
 *
 * No message, field or stack holds a password, a token, a session, a client secret or an SRP secret. What a
 * transport of the caller's own throws is kept as `cause`, as it is: some HTTP libraries put the request into it.
 * Programs compare `code`; messages are for people and may change.
 */

/** What the caller got wrong. */
export type ArgumentErrorCode =
  | 'USER_POOL_ID_INVALID'
  | 'CLIENT_ID_INVALID'
  | 'CLIENT_SECRET_INVALID'
  | 'REGION_INVALID'
  | 'ENDPOINT_INVALID'
  /** Plain http to a host that is not loopback. */
  | 'ENDPOINT_INSECURE'
  | 'USERNAME_INVALID'
  | 'PASSWORD_INVALID'
  | 'OPTION_INVALID'
  /** Not a challenge of this package, of another version, or of another pool or client. */
  | 'CHALLENGE_INVALID'
  /** The answer has not the shape this challenge takes. */
  | 'ANSWER_INVALID'
  /** Neither `crypto.getRandomValues` nor `rng` is there. */
  | 'RANDOMNESS_MISSING'
  /** `rng` gave something that cannot be random bytes of the length asked for. */
  | 'RANDOMNESS_INVALID'
  /** The JavaScript engine lacks something the chosen build needs. */
  | 'RUNTIME_INCOMPLETE';

/** Why there is no usable answer. */
export type ProtocolErrorCode =
  /** The request or its reply got lost. What the service did with it is not known. */
  | 'NETWORK_FAILED'
  | 'TIMED_OUT'
  | 'BODY_NOT_JSON'
  | 'BODY_TOO_LARGE'
  /** JSON, but not the shape of this operation's reply. */
  | 'REPLY_MALFORMED'
  /** The service asks for a proof of a password or a device that this call was not given. */
  | 'CHALLENGE_UNEXPECTED'
  | 'CHALLENGE_PARAMETER_MISSING'
  /** A challenge parameter or reply member that should hold JSON or a known shape does not. */
  | 'CHALLENGE_PARAMETER_INVALID'
  | 'SRP_B_INVALID'
  | 'SALT_INVALID'
  | 'SECRET_BLOCK_INVALID'
  /** A token that was to be verified is not this pool's and client's, or has ended. */
  | 'TOKEN_INVALID'
  /** The scrambling parameter u is 0 (RFC 5054 §2.6). */
  | 'U_ZERO';

/** What the service refused, told apart by exception name and, where that is not enough, by its text. */
export type ServiceErrorCode =
  | 'INCORRECT_USERNAME_OR_PASSWORD'
  | 'ATTEMPTS_EXCEEDED'
  | 'USER_DISABLED'
  | 'USER_NOT_FOUND'
  | 'USER_NOT_CONFIRMED'
  | 'PASSWORD_RESET_REQUIRED'
  | 'TEMPORARY_PASSWORD_EXPIRED'
  | 'SESSION_EXPIRED'
  | 'SESSION_USED'
  | 'SESSION_INVALID'
  | 'CODE_MISMATCH'
  | 'CODE_EXPIRED'
  /** An authenticator's code that was accepted once already; the next one will do. */
  | 'CODE_USED'
  | 'CODE_DELIVERY_FAILED'
  /** `message` holds the policy's reason. */
  | 'PASSWORD_POLICY'
  | 'USERNAME_EXISTS'
  | 'ALIAS_EXISTS'
  | 'MFA_NOT_SET_UP'
  | 'PASSKEY_REFUSED'
  /** The app client or the relying party is not set up for passkeys from here. */
  | 'PASSKEY_NOT_ENABLED'
  | 'ACCESS_TOKEN_REFUSED'
  | 'REFRESH_TOKEN_REFUSED'
  /** The token was used before and its grace period is over: perhaps somebody else has it. */
  | 'REFRESH_TOKEN_REUSED'
  /** The endpoint does not know the operation: it is not AWS's, or not of today. */
  | 'OPERATION_UNKNOWN'
  /** The app client has not turned it on: revocation; or has turned on what stands against it: rotation. */
  | 'OPERATION_NOT_ENABLED'
  /** The AWS credentials that an admin call is signed with are missing, wrong, over, or may not do this. */
  | 'CREDENTIALS_REFUSED'
  | 'SECRET_HASH_REFUSED'
  | 'CLIENT_NOT_FOUND'
  | 'FLOW_NOT_ENABLED'
  | 'DEVICE_NOT_FOUND'
  /** The proof of a stored device was refused: what was stored is not what was confirmed. Forget it. */
  | 'DEVICE_REFUSED'
  /** A Lambda trigger refused the user; `message` holds its reason. */
  | 'TRIGGER_REFUSED'
  /** A Lambda trigger broke down. */
  | 'TRIGGER_FAILED'
  /** The pool's own settings do not let it do this: a role for SMS or e-mail, an add-on. */
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
 * - `answer-again`: the challenge is still good; answer it once more
 * - `start-again`: this attempt is over; call `signIn` anew
 * - `request-new-code`: the code is too old; have another one sent
 * - `try-later`: the same call again, after a pause
 * - `confirm-sign-up`, `reset-password`: the user has to do that first
 * - `fix-configuration`: nothing the user does helps; the developer or administrator has to change something
 */
export type Recovery =
  | 'answer-again'
  | 'start-again'
  | 'request-new-code'
  | 'try-later'
  | 'confirm-sign-up'
  | 'reset-password'
  | 'fix-configuration';

/** The caller's mistake. Nothing was sent; correct the argument and call again. */
export class ArgumentError extends TypeError {
  override readonly name = 'ArgumentError';
  declare readonly code: ArgumentErrorCode;
  /** The argument or option at fault, as the caller wrote it: `userPoolId`, `rng`, … */
  declare readonly field: string;

  constructor(code: ArgumentErrorCode, field: string, message: string) {
    super(message);
    Object.assign(this, { code, field });
  }
}

/** `"field" must be …`: how most mistakes of a caller are said. */
export const mustBe = (code: ArgumentErrorCode, field: string, expected: string): ArgumentError =>
  new ArgumentError(code, field, `"${field}" must be ${expected}`);

/** Where a reply came from, as far as known. */
export interface ReplyOrigin {
  /** The AWS operation: `InitiateAuth`, … */
  readonly operation?: string | undefined;
  /** HTTP status of the reply. */
  readonly status?: number | undefined;
  /** `x-amzn-RequestId`, to quote to AWS support. */
  readonly requestId?: string | undefined;
}

/** No usable answer: network, time limit, or a reply that breaks the protocol. */
export class ProtocolError extends Error implements ReplyOrigin {
  override readonly name = 'ProtocolError';
  declare readonly code: ProtocolErrorCode;
  /** The reply's field at fault (`SRP_B`, …), where there is one. */
  declare readonly field: string | undefined;
  declare readonly recovery: Recovery;
  declare readonly operation: string | undefined;
  declare readonly status: number | undefined;
  declare readonly requestId: string | undefined;

  constructor(
    code: ProtocolErrorCode,
    message: string,
    {
      cause,
      ...details
    }: ReplyOrigin & {
      readonly field?: string | undefined;
      readonly recovery?: Recovery;
      readonly cause?: unknown;
    } = {},
  ) {
    const { operation } = details;
    super(operation ? `${operation}: ${message}` : message, cause ? { cause } : undefined);
    Object.assign(this, { code, recovery: 'start-again' }, details);
  }
}

/** `"field" must be …`: how most replies that break the protocol are said. */
export const malformed = (
  code: ProtocolErrorCode,
  field: string,
  expected: string,
  origin: ReplyOrigin = {},
): ProtocolError => new ProtocolError(code, `"${field}" must be ${expected}`, { ...origin, field });

/** The service said no. `name` is its exception (`NotAuthorizedException`, …), `message` its text. */
export class ServiceError extends Error implements ReplyOrigin {
  declare readonly name: string;
  declare readonly code: ServiceErrorCode;
  declare readonly recovery: Recovery;
  declare readonly operation: string | undefined;
  declare readonly status: number | undefined;
  declare readonly requestId: string | undefined;

  constructor(
    code: ServiceErrorCode,
    recovery: Recovery,
    name: string,
    message: string,
    origin: ReplyOrigin = {},
  ) {
    super(message);
    Object.assign(this, { code, recovery, name }, origin);
  }
}
