/** Starts a local pool on a port, for clients that send their own HTTP requests. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Secret, TOTP } from 'otpauth';
import {
  createUserPool,
  type Listening,
  type Triggers,
  type UserPool,
  type UserPoolOptions,
} from '../../pool/src/index.ts';

export const PASSWORD = 'Correct-Horse-9';
export const PHONE = '+15550001234';
export const EMAIL = 'alice@example.com';
/** RFC 6238's example secret, as base32. */
export const TOTP_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

export interface ListeningPool extends UserPool {
  readonly endpoint: string;
  /** The code of the newest message. */
  readonly lastCode: () => string;
  /** Whose access token this is: verified with the pool's keys. */
  readonly userOf: (accessToken: string) => Promise<string>;
}

const opened: Listening[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((listening) => listening.close()));
});

/**
 * A pool for one test, closed after it.
 *
 * @param flow the only one its app client has: what signs in, signs in that way
 */
export async function listeningPool(flow: string, options: UserPoolOptions = {}): Promise<ListeningPool> {
  const pool = createUserPool({
    clients: [{ clientId: 'web', explicitAuthFlows: [`ALLOW_${flow}`] }],
    users: [{ username: 'alice', password: PASSWORD }],
    ...options,
  });
  const listening = await pool.listen();
  opened.push(listening);
  const keys = createRemoteJWKSet(new URL(`${listening.endpoint}/${pool.userPoolId}/.well-known/jwks.json`));
  return {
    ...pool,
    endpoint: listening.endpoint,
    lastCode: () => {
      const code = pool.outbox.at(-1)?.code;
      if (code === undefined) throw new Error('The pool has sent no code');
      return code;
    },
    userOf: async (accessToken) => {
      const { payload } = await jwtVerify(accessToken, keys);
      expect(payload['token_use']).toBe('access');
      expect(payload['client_id']).toBe('web');
      return String(payload['username']);
    },
  };
}

/** What an authenticator app shows; in `steps` of 30 s from now, because no code is taken twice. */
export const totp = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** A code that is not the right one. */
export const wrong = (code: string): string =>
  code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));

/** Asks for the two halves of "open sesame", one after the other; after the password where there is one. */
export const TRIGGERS: Triggers = {
  defineAuthChallenge: (event) => {
    const { session } = event.request;
    const last = session.at(-1);
    if (last && !last.challengeResult) event.response.failAuthentication = true;
    else if (last?.challengeName === 'SRP_A') event.response.challengeName = 'PASSWORD_VERIFIER';
    else if (session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE').length === 2) {
      event.response.issueTokens = true;
    } else event.response.challengeName = 'CUSTOM_CHALLENGE';
    return event;
  },
  createAuthChallenge: (event) => {
    const first = !event.request.session.some(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
    event.response.publicChallengeParameters = { question: first ? 'first word' : 'second word' };
    event.response.privateChallengeParameters = { answer: first ? 'open' : 'sesame' };
    return event;
  },
  verifyAuthChallengeResponse: (event) => {
    const { challengeAnswer, privateChallengeParameters } = event.request;
    event.response.answerCorrect = challengeAnswer === privateChallengeParameters['answer'];
    return event;
  },
};
