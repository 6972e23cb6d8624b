/** One app client's calls to a pool whose clock the test moves, and the SRP proof that a sign-in needs. */

import { generateEphemeral, passwordVerifierResponses } from '../../src/srp/index.ts';
import { sendRequest } from '../../test/support/pool-calls.ts';
import { createUserPool, type UserPool, type UserPoolOptions } from '../src/index.ts';

/** A reply, with the members that tests read. */
export interface Reply {
  readonly status: number;
  readonly __type?: string;
  readonly message?: string;
  readonly ChallengeName?: string;
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly Session: string;
  readonly AvailableChallenges?: readonly string[];
  readonly AuthenticationResult: {
    readonly AccessToken: string;
    readonly IdToken: string;
    readonly RefreshToken: string;
  };
  readonly [member: string]: unknown;
}

export type Texts = Readonly<Record<string, string>>;

export const PASSWORD = 'Correct-Horse-9';

/** A pool with a clock that moves only when `wait` is called, and the calls of its first app client. */
export interface Wire {
  readonly pool: UserPool;
  /** Moves the pool's clock forward by this many seconds. */
  readonly wait: (seconds: number) => void;
  readonly now: () => number;
  readonly call: (operation: string, input: object, headers?: Texts) => Promise<Reply>;
  readonly initiate: (flow: string, parameters: Texts, more?: object) => Promise<Reply>;
  readonly respond: (
    challenge: string,
    session: string | undefined,
    responses: Texts,
    more?: object,
  ) => Promise<Reply>;
  /** Signs in by USER_PASSWORD_AUTH, alice unless another name is given. */
  readonly signIn: (username?: string) => Promise<Reply>;
  /** The code of the newest message in the outbox, or 'none'. */
  readonly lastCode: () => string;
}

/** Makes the pool. Its only user is alice where `options` name no users. */
export function createWire(options: UserPoolOptions = {}): Wire {
  let time = Date.UTC(2026, 8, 24, 13, 50, 15);
  const now = () => time;
  const pool = createUserPool({ users: [{ username: 'alice', password: PASSWORD }], now, ...options });
  const [ClientId] = pool.clientIds;
  const call: Wire['call'] = async (operation, input, headers = {}) => {
    const response = await sendRequest(pool, operation, input, headers);
    // DeleteUser and ForgetDevice have no body
    const body = JSON.parse((await response.text()) || '{}') as object;
    return { status: response.status, ...body } as unknown as Reply;
  };
  const initiate: Wire['initiate'] = (AuthFlow, AuthParameters, more = {}) =>
    call('InitiateAuth', { ClientId, AuthFlow, AuthParameters, ...more });
  return {
    pool,
    now,
    wait: (seconds) => {
      time += seconds * 1000;
    },
    call,
    initiate,
    respond: (ChallengeName, Session, responses, more = {}) =>
      call('RespondToAuthChallenge', {
        ClientId,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: 'alice', ...responses },
        ...more,
      }),
    signIn: (username = 'alice') => initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD }),
    lastCode: () => pool.outbox.at(-1)?.code ?? 'none',
  };
}

/** Makes an SRP_A, and a function that proves the password to the PASSWORD_VERIFIER challenge which answers it. */
export function srpClient({ pool, now }: Wire, password = PASSWORD) {
  const ephemeral = generateEphemeral();
  return {
    SRP_A: ephemeral.SRP_A,
    prove: ({ ChallengeParameters }: Reply): Texts =>
      passwordVerifierResponses(ephemeral, ChallengeParameters, {
        userPoolId: pool.userPoolId,
        password,
        now: now(),
      }),
  };
}

export const signedIn = { status: 200, AuthenticationResult: { TokenType: 'Bearer' } };

export const refused = (__type: string, message: string) => ({ status: 400, __type, message });

export const NOT_THE_CODE = refused('CodeMismatchException', 'Invalid code or auth state for the user.');
export const SESSION_USED = refused(
  'NotAuthorizedException',
  'Invalid session for the user, session can only be used once.',
);
export const SESSION_EXPIRED = refused(
  'NotAuthorizedException',
  'Invalid session for the user, session is expired.',
);
export const SESSION_UNKNOWN = refused('NotAuthorizedException', 'Invalid session for the user.');
export const WRONG_PASSWORD = refused('NotAuthorizedException', 'Incorrect username or password.');

export const CODE_MISMATCH = refused(
  'CodeMismatchException',
  'Invalid verification code provided, please try again.',
);
export const CODE_EXPIRED = refused(
  'ExpiredCodeException',
  'Invalid code provided, please request a code again.',
);

/** A wrong code: it has as many digits as `code` and differs in the last one. */
export const another = (code: string): string =>
  code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
