/** Who is signed in, from the cookies of a request. SvelteKit lets no page import a file of `server`. */

import type { Cookies } from '@sveltejs/kit';
import {
  type Challenge,
  createTokenKeeper,
  createUserStore,
  revokeToken,
  ServiceError,
  type Step,
  type UserPoolClient,
} from 'cognito-srp-engine';
import { cookieStorage } from 'cognito-srp-engine/cookies';
import { createTokenVerifier, type TokenVerifier } from 'cognito-srp-engine/verify';
import { env } from '$env/dynamic/private';

export const pool = (): UserPoolClient => ({
  userPoolId: env.COGNITO_USER_POOL_ID ?? '',
  clientId: env.COGNITO_CLIENT_ID ?? '',
  clientSecret: env.COGNITO_CLIENT_SECRET || undefined,
  endpoint: env.COGNITO_ENDPOINT || undefined,
});

/** Browsers take cookies with `Secure` over TLS. On this machine some take them without. */
const secure = () => !env.ORIGIN?.startsWith('http:');

const storeOf = (cookies: Cookies) => createUserStore(cookieStorage(cookies, { secure: secure() }), pool());

/** A challenge holds a session of the service, so it is kept like a token, for as long as it can be answered. */
const challengeOf = (cookies: Cookies) =>
  cookieStorage(cookies, { secure: secure(), maxAgeSeconds: 180, sameSite: 'strict' });

/** Keeps where a sign-in stands. */
export async function keepStep(cookies: Cookies, step: Step): Promise<void> {
  if (step.status === 'challenge') {
    await challengeOf(cookies).setItem('challenge', JSON.stringify(step.challenge));
    return;
  }
  await endSignIn(cookies);
  const store = storeOf(cookies);
  const before = await store.load();
  if (before && before.username !== step.username) await store.signOut(before.username);
  await store.save(step);
}

/** `respond` checks it again: it may have been changed. */
export async function keptChallenge(cookies: Cookies): Promise<Challenge | undefined> {
  const kept = await challengeOf(cookies).getItem('challenge');
  try {
    return kept ? (JSON.parse(kept) as Challenge) : undefined;
  } catch {
    return undefined;
  }
}

export const endSignIn = async (cookies: Cookies) => challengeOf(cookies).removeItem('challenge');

let verifier: TokenVerifier | undefined;

/** Refreshes the tokens if they end within a minute, and verifies the access token, because cookies belong to the browser. */
export async function currentUser(cookies: Cookies) {
  const store = storeOf(cookies);
  const user = await store.load();
  if (!user) return undefined;
  verifier ??= createTokenVerifier(pool());
  try {
    const onTokens = (fresh: typeof user.tokens) => store.saveTokens(user.username, fresh);
    const { accessToken } = await createTokenKeeper(pool(), { ...user, onTokens }).get();
    await verifier.verify(accessToken, 'access');
    return { username: user.username, accessToken };
  } catch (error) {
    if (error instanceof ServiceError && error.recovery === 'start-again') await store.signOut(user.username);
    return undefined;
  }
}

export async function signOut(cookies: Cookies): Promise<void> {
  const store = storeOf(cookies);
  const user = await store.load();
  if (!user) return;
  await store.signOut(user.username);
  const { refreshToken } = user.tokens;
  if (refreshToken)
    await revokeToken(pool(), { refreshToken }).catch((error: unknown) => console.error(error));
}
