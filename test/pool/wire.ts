/** Raw calls to a pool, as any client would make them, and just enough SRP to sign in. */
import { createUserPool, type UserPool, type UserPoolOptions } from '../../src/pool/index.ts';
import { generateEphemeral, passwordVerifierResponses } from '../../src/srp/index.ts';

/** A reply, with what tests look at. */
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

/** One app client's view of a pool with a clock that only moves when told to. */
export interface Wire {
  readonly pool: UserPool;
  /** Lets the pool's clock go on, in seconds. */
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
  /** USER_PASSWORD_AUTH of alice. */
  readonly signIn: (username?: string) => Promise<Reply>;
  /** The code that was sent last. */
  readonly lastCode: () => string;
}

/** Unless told otherwise the pool has one user, alice. */
export function createWire(options: UserPoolOptions = {}): Wire {
  let time = Date.UTC(2026, 8, 24, 13, 50, 15);
  const now = () => time;
  const pool = createUserPool({ users: [{ username: 'alice', password: PASSWORD }], now, ...options });
  const [ClientId] = pool.clientIds;
  const call: Wire['call'] = async (operation, input, headers = {}) => {
    const response = await pool.fetch('http://127.0.0.1/', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        ...headers,
      },
      body: JSON.stringify(input),
    });
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

/** SRP_A, and the proof for the PASSWORD_VERIFIER that answers it. */
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

/** A code of as many digits that is not this one. */
export const another = (code: string): string =>
  code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
