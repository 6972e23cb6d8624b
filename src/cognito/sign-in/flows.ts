/** The sign-in flows: the credentials that each takes, and the AuthParameters that it begins with. */
import { mustBe } from '../../errors.ts';
import { requireTexts } from '../../required-input.ts';
import { generateEphemeral } from '../../srp/ephemeral.ts';
import { isNonEmptyString } from '../values.ts';
import { FIRST_FACTORS, type FirstFactor } from './challenge-types.ts';
import type { Attempt, PasswordExchange } from './sign-in-attempt.ts';
import { checkStepUp } from './step-up.ts';

/** A password that is proved over SRP. It never leaves this machine. */
export interface SrpCredentials {
  readonly flow?: 'USER_SRP_AUTH';
  /** User name, e-mail address, phone number or other alias, as the user typed it. 1 to 128 characters. */
  readonly username: string;
  readonly password: string;
}

/** A password that is sent over TLS: for migrating users, or with ADMIN_USER_PASSWORD_AUTH on a server. */
export interface PasswordCredentials {
  readonly flow: 'USER_PASSWORD_AUTH' | 'ADMIN_USER_PASSWORD_AUTH';
  readonly username: string;
  readonly password: string;
}

/** The pool's own Lambda challenges. If a password is given, it is proved over SRP first. */
export interface CustomCredentials {
  readonly flow: 'CUSTOM_AUTH';
  readonly username: string;
  readonly password?: string | undefined;
}

/** The user's choice of first factor. */
export interface ChoiceCredentials {
  readonly flow: 'USER_AUTH';
  readonly username: string;
  /** Asks for this factor at once. Without it, or if the user cannot use it, SELECT_CHALLENGE comes. */
  readonly preferredChallenge?: FirstFactor | undefined;
  /** For `PASSWORD` and `PASSWORD_SRP`. Without it they come as a challenge. */
  readonly password?: string | undefined;
  /** From `confirmSignUp`: signs the new user in without another question. It can be used once. */
  readonly session?: string | undefined;
  /**
   * The authentication levels to reach, the preferred one first: `['urn:cognito:loa:4']`, or the pool's own names. The
   * service takes the first one that the user can reach, ignores names that it does not know, and refuses the request if
   * none is left. It asks for factors that the user has, and sets up no new ones. It needs the feature plan Essentials or
   * Plus. The new tokens tell the level in the claim `acr`: check it before you rely on it.
   *
   * The refusals of the service are not documented. Reported, not documented: in October 2026 the service did not
   * evaluate the levels yet.
   */
  readonly targetAcrValues?: readonly string[] | undefined;
  /**
   * How old the sign-in of `accessToken` may be, in seconds: a whole number, 0 or more. After an older one the user has to
   * prove everything again. The service counts from the claim `auth_time`, which a refresh does not change.
   */
  readonly maxAgeSeconds?: number | undefined;
  /**
   * An access token of the same user, so that only what is missing for `targetAcrValues` is asked. It needs
   * `targetAcrValues`. A token that has reached the level already is refused.
   */
  readonly accessToken?: string | undefined;
}

export type Credentials = SrpCredentials | PasswordCredentials | CustomCredentials | ChoiceCredentials;

/** Every value of `flow`. */
export type Flow = NonNullable<Credentials['flow']>;

const FLOWS: readonly Flow[] = [
  'USER_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'CUSTOM_AUTH',
  'USER_AUTH',
];

/** What a flow begins with. */
export interface BegunFlow {
  readonly flow: Flow;
  /** AuthParameters, without USERNAME, SECRET_HASH and DEVICE_KEY. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The exchange whose SRP_A is in the parameters. */
  readonly passwordExchange?: PasswordExchange;
}

/**
 * Checks credentials and begins their flow.
 *
 * @throws ArgumentError USERNAME_INVALID, PASSWORD_INVALID, OPTION_INVALID; nothing is sent
 */
export function beginFlow(credentials: Credentials, attempt: Attempt): BegunFlow {
  const { username, flow = 'USER_SRP_AUTH' } = credentials;
  // AWS's model: UsernameType, 1 to 128 of [\p{L}\p{M}\p{S}\p{N}\p{P}]; the service checks the characters
  if (!isNonEmptyString(username) || [...username].length > 128) {
    throw mustBe('USERNAME_INVALID', 'username', 'a string of 1 to 128 characters');
  }
  if (!FLOWS.includes(flow)) throw mustBe('OPTION_INVALID', 'flow', `one of ${FLOWS.join(', ')}`);
  switch (credentials.flow) {
    case 'USER_PASSWORD_AUTH':
      return { flow, parameters: { PASSWORD: passwordOf(credentials) } };
    case 'ADMIN_USER_PASSWORD_AUTH':
      if (!attempt.connection.options.admin) {
        throw mustBe('OPTION_INVALID', 'admin', 'given for ADMIN_USER_PASSWORD_AUTH');
      }
      return { flow, parameters: { PASSWORD: passwordOf(credentials) } };
    case 'CUSTOM_AUTH':
      if (credentials.password === undefined) return { flow, parameters: {} };
      return beginWithSrp(flow, { CHALLENGE_NAME: 'SRP_A' }, credentials, attempt);
    case 'USER_AUTH':
      return beginWithChoice(credentials, attempt);
    default:
      return beginWithSrp(flow, {}, credentials, attempt);
  }
}

/** USER_AUTH: the preferred factor and what proves it, if there is one. */
function beginWithChoice(credentials: ChoiceCredentials, attempt: Attempt): BegunFlow {
  const { flow, preferredChallenge, password } = credentials;
  const stepUp = stepUpParameters(credentials);
  if (preferredChallenge === undefined) return { flow, parameters: stepUp };
  if (!FIRST_FACTORS.includes(preferredChallenge)) {
    throw mustBe('OPTION_INVALID', 'preferredChallenge', `one of ${FIRST_FACTORS.join(', ')}`);
  }
  const parameters = { ...stepUp, PREFERRED_CHALLENGE: preferredChallenge };
  if (password !== undefined && preferredChallenge === 'PASSWORD') {
    return { flow, parameters: { ...parameters, PASSWORD: passwordOf(credentials) } };
  }
  if (password !== undefined && preferredChallenge === 'PASSWORD_SRP') {
    return beginWithSrp(flow, parameters, credentials, attempt);
  }
  return { flow, parameters };
}

/** The parameters of step-up authentication, as far as they are given. */
function stepUpParameters(credentials: ChoiceCredentials): Readonly<Record<string, string>> {
  const { targetAcrValues, maxAgeSeconds, accessToken } = credentials;
  checkStepUp(credentials);
  if (accessToken !== undefined) {
    requireTexts(credentials, 'accessToken');
    if (targetAcrValues === undefined) {
      throw mustBe('OPTION_INVALID', 'targetAcrValues', 'given with "accessToken"');
    }
  }
  return {
    ...(targetAcrValues && { TARGET_ACR_VALUES: targetAcrValues.join(' ') }),
    ...(maxAgeSeconds !== undefined && { MAX_AGE: String(maxAgeSeconds) }),
    ...(accessToken !== undefined && { ACCESS_TOKEN: accessToken }),
  };
}

function beginWithSrp(
  flow: Flow,
  parameters: Readonly<Record<string, string>>,
  credentials: Credentials,
  attempt: Attempt,
): BegunFlow {
  const password = passwordOf(credentials);
  const ephemeral = generateEphemeral(attempt.connection.options.rng);
  const { SRP_A } = ephemeral;
  return { flow, parameters: { ...parameters, SRP_A }, passwordExchange: { password, ephemeral } };
}

function passwordOf({ password }: Credentials): string {
  if (isNonEmptyString(password)) return password;
  throw mustBe('PASSWORD_INVALID', 'password', 'a string that is not empty');
}
