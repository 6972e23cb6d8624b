/** What the page shows, and what its forms do. SvelteKit refuses forms of other sites. */
import { type Cookies, fail, redirect } from '@sveltejs/kit';
import {
  ArgumentError,
  type Challenge,
  getUser,
  ProtocolError,
  respond,
  ServiceError,
  type Step,
  signIn,
  updateUserAttributes,
} from 'cognito-srp-engine';
import { textOfError } from 'cognito-srp-engine/texts';
import { en } from 'cognito-srp-engine/texts/en';
import { endSignIn, keepStep, keptChallenge, pool, signOut } from '$lib/server/session';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, locals }) => {
  const { user } = locals;
  if (!user) return { codeAsked: (await keptChallenge(cookies)) !== undefined };
  const { attributes } = await getUser(pool(), { accessToken: user.accessToken });
  return { name: attributes.name ?? user.username };
};

type CodeChallenge = Extract<Challenge, { readonly name: 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP' }>;

const asksForCode = (challenge: Challenge): challenge is CodeChallenge =>
  ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'].includes(challenge.name);

/** Runs one step of a sign-in, and gives the form a text of what has failed. */
async function attempt(cookies: Cookies, work: () => Promise<Step>) {
  try {
    const step = await work();
    if (step.status === 'challenge' && !asksForCode(step.challenge)) {
      return fail(400, { problem: 'This example asks for codes alone.' });
    }
    await keepStep(cookies, step);
  } catch (error) {
    const isKnown =
      error instanceof ArgumentError || error instanceof ProtocolError || error instanceof ServiceError;
    if (!isKnown) throw error;
    const canAnswerAgain = error instanceof ServiceError && error.recovery === 'answer-again';
    if (!canAnswerAgain) await endSignIn(cookies);
    return fail(400, { problem: textOfError(error, en) });
  }
  // The page is drawn by a request of its own, for which the hook finds the user
  redirect(303, '/');
}

export const actions: Actions = {
  signIn: async ({ cookies, request }) => {
    const form = await request.formData();
    const credentials = { username: String(form.get('username')), password: String(form.get('password')) };
    return attempt(cookies, () => signIn(pool(), credentials));
  },
  answer: async ({ cookies, request }) => {
    const code = String((await request.formData()).get('code'));
    const challenge = await keptChallenge(cookies);
    if (!challenge || !asksForCode(challenge))
      return fail(400, { problem: 'The sign-in took too long. Start again.' });
    return attempt(cookies, () => respond(pool(), challenge, { code }));
  },
  changeName: async ({ locals, request }) => {
    if (!locals.user) return fail(401, { problem: 'Sign in first.' });
    const { accessToken } = locals.user;
    const attributes = { name: String((await request.formData()).get('name')) };
    await updateUserAttributes(pool(), { accessToken, attributes });
    return undefined;
  },
  signOut: async ({ cookies }) => {
    await signOut(cookies);
    redirect(303, '/');
  },
};
