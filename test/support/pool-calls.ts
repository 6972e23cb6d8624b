/** Calls to a local pool as they go over the wire, without the package's client, and the SRP proof of a password. */
import type { UserPool } from '../../pool/src/index.ts';
import { generateEphemeral, passwordVerifierResponses, srpAuthParameters } from '../../src/srp/index.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}
interface Body {
  readonly __type?: string;
  readonly message?: string;
  readonly ChallengeName?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
  readonly Session?: string;
  readonly AuthenticationResult?: Readonly<Record<string, string | number>>;
}

/** Sends one request to a pool, without the package's client. A text is sent as it is, everything else as JSON. */
export const sendRequest = (
  pool: Pick<UserPool, 'fetch'>,
  operation: string,
  input: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  pool.fetch('http://127.0.0.1/', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  });

/** Sends one request, and reads status, headers and body of the reply. */
export async function call(
  pool: Pick<UserPool, 'fetch'>,
  operation: string,
  input: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await sendRequest(pool, operation, input, headers);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

export const initiate = (
  pool: UserPool,
  AuthParameters: object,
  ClientId = 'web',
  AuthFlow = 'USER_SRP_AUTH',
) => call(pool, 'InitiateAuth', { ClientId, AuthFlow, AuthParameters });

export const respond = (
  pool: UserPool,
  ChallengeResponses: object,
  { ClientId = 'web', ChallengeName = 'PASSWORD_VERIFIER', Session }: Record<string, string | undefined> = {},
) => call(pool, 'RespondToAuthChallenge', { ClientId, ChallengeName, ChallengeResponses, Session });

/** Asks for a challenge, and computes a right answer to it. The answer is not sent. */
export async function prepare(
  pool: UserPool,
  username: string,
  password: string,
  { now = Date.now(), clientId = 'web' } = {},
) {
  const ephemeral = generateEphemeral();
  const challenge = await initiate(pool, srpAuthParameters(ephemeral, { username }), clientId);
  const parameters = challenge.body.ChallengeParameters;
  if (!parameters) throw new Error(JSON.stringify(challenge.body));
  const responses = passwordVerifierResponses(ephemeral, parameters, {
    userPoolId: pool.userPoolId,
    username,
    password,
    now,
  });
  return { ephemeral, challenge, parameters, responses };
}

export const incorrect = {
  status: 400,
  body: { __type: 'NotAuthorizedException', message: 'Incorrect username or password.' },
};
