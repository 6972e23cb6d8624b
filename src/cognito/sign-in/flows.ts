/** The sign-in flows: who signs in with what, and the AuthParameters each begins with. One row per flow. */
import { mustBe } from '../../errors.ts';
import { isNonEmptyString } from '../values.ts';
import { FIRST_FACTORS, type FirstFactor } from './challenge-types.ts';
import { type Attempt, beginPasswordExchange } from './sign-in-attempt.ts';

/** A password over SRP. It never leaves this machine. */
export interface SrpCredentials {
  readonly flow?: 'USER_SRP_AUTH';
  /** User name, e-mail address, phone number or other alias, as the user typed it. 1 to 128 characters. */
  readonly username: string;
  readonly password: string;
}

/** A password in clear over TLS: for migrating users, or with ADMIN_USER_PASSWORD_AUTH on a server. */
export interface PasswordCredentials {
  readonly flow: 'USER_PASSWORD_AUTH' | 'ADMIN_USER_PASSWORD_AUTH';
  readonly username: string;
  readonly password: string;
}

/** The pool's own Lambda challenges, after a password over SRP where one is given. */
export interface CustomCredentials {
  readonly flow: 'CUSTOM_AUTH';
  readonly username: string;
  readonly password?: string | undefined;
}

/** The user's choice of first factor. */
export interface ChoiceCredentials {
  readonly flow: 'USER_AUTH';
  readonly username: string;
  /** Asks for this factor at once. Without it, or where the user cannot use it: SELECT_CHALLENGE. */
  readonly preferredChallenge?: FirstFactor | undefined;
  /** For `PASSWORD` and `PASSWORD_SRP`; without it they come as a challenge. */
  readonly password?: string | undefined;
  /** From `confirmSignUp`: signs the new user in without another question. */
  readonly session?: string | undefined;
}

export type Credentials = SrpCredentials | PasswordCredentials | CustomCredentials | ChoiceCredentials;

/** Every value of `flow`. */
export type Flow = NonNullable<Credentials['flow']>;

/** What a flow begins with, besides USERNAME, SECRET_HASH and DEVICE_KEY. */
type Begin = (credentials: Credentials, attempt: Attempt) => Readonly<Record<string, string>>;

const SRP_A: Begin = (credentials, attempt) => beginPasswordExchange(attempt, passwordOf(credentials));
const PASSWORD: Begin = (credentials) => ({ PASSWORD: passwordOf(credentials) });

const FLOWS: Readonly<Record<Flow, Begin>> = {
  USER_SRP_AUTH: SRP_A,
  USER_PASSWORD_AUTH: PASSWORD,
  ADMIN_USER_PASSWORD_AUTH: (credentials, attempt) => {
    if (attempt.options.admin) return PASSWORD(credentials, attempt);
    throw mustBe('OPTION_INVALID', 'admin', 'given for ADMIN_USER_PASSWORD_AUTH');
  },
  CUSTOM_AUTH: (credentials, attempt) =>
    credentials.password === undefined ? {} : { CHALLENGE_NAME: 'SRP_A', ...SRP_A(credentials, attempt) },
  USER_AUTH: (credentials, attempt) => {
    const { preferredChallenge: PREFERRED_CHALLENGE, password } = credentials as ChoiceCredentials;
    if (PREFERRED_CHALLENGE === undefined) return {};
    if (!FIRST_FACTORS.includes(PREFERRED_CHALLENGE)) {
      throw mustBe('OPTION_INVALID', 'preferredChallenge', `one of ${FIRST_FACTORS.join(', ')}`);
    }
    const proof = { PASSWORD, PASSWORD_SRP: SRP_A } as Partial<Record<FirstFactor, Begin>>;
    const begin = password === undefined ? undefined : proof[PREFERRED_CHALLENGE];
    return { PREFERRED_CHALLENGE, ...begin?.(credentials, attempt) };
  },
};

/**
 * Checks credentials and begins their flow.
 *
 * @throws ArgumentError USERNAME_INVALID, PASSWORD_INVALID, OPTION_INVALID; nothing is sent
 */
export function beginFlow(credentials: Credentials, attempt: Attempt) {
  const { username, flow = 'USER_SRP_AUTH' } = credentials;
  // AWS's model: UsernameType, 1..128 of [\p{L}\p{M}\p{S}\p{N}\p{P}]+; the service checks the characters
  if (!isNonEmptyString(username) || [...username].length > 128) {
    throw mustBe('USERNAME_INVALID', 'username', 'a string of 1 to 128 characters');
  }
  if (!Object.hasOwn(FLOWS, flow)) {
    throw mustBe('OPTION_INVALID', 'flow', `one of ${Object.keys(FLOWS).join(', ')}`);
  }
  return { flow, parameters: FLOWS[flow](credentials, attempt) };
}

function passwordOf({ password }: Credentials): string {
  if (isNonEmptyString(password)) return password;
  throw mustBe('PASSWORD_INVALID', 'password', 'a string that is not empty');
}
