/** The view that a page shows during a sign-in, as plain data, and the part of it that survives a reload. */
import { type Challenge, type Delivery, parseChallenge, type UserPoolClient } from 'cognito-srp-engine';
import type { Texts } from 'cognito-srp-engine/texts';
import type { Kept } from './kept.ts';

export type View =
  | { readonly name: 'sign-in'; readonly username?: string; readonly notice?: string }
  | { readonly name: 'sign-up' }
  | {
      readonly name: 'confirm-sign-up';
      readonly username: string;
      readonly delivery?: Delivery | undefined;
      /** The session that `signUp` gave. With it the new user is signed in without entering the password again. */
      readonly session?: string | undefined;
    }
  | { readonly name: 'forgot-password'; readonly username?: string; readonly notice?: string }
  | { readonly name: 'reset-password'; readonly username: string; readonly delivery?: Delivery | undefined }
  | {
      readonly name: 'challenge';
      readonly challenge: Challenge;
      readonly typedName: string;
      /** Says why the answer before this one was refused. */
      readonly problem?: string;
    };

/** Views that a link or a reload can open by their name alone. */
const OPEN: readonly string[] = ['sign-in', 'sign-up', 'forgot-password'];

/** Keeps what a view needs to come back after a reload, in this tab only. No view holds a password. */
export function keepView(kept: Kept, view: View): void {
  if (!OPEN.includes(view.name)) kept.set(JSON.stringify(view));
}

/**
 * Finds the view that an address stands for.
 *
 * @param hash the fragment of the address, like `#sign-up`
 * @returns the view. It is the sign-in where the view is unknown, damaged, expired or of another pool
 */
export function viewAt(hash: string, kept: Kept, pool: UserPoolClient, { errors }: Texts): View {
  const name = hash.slice(1);
  if (OPEN.includes(name)) return { name } as View;
  const view = keptView(kept);
  if (view?.name !== name) return { name: 'sign-in' };
  if (view.name !== 'challenge') return view;
  const { challenge } = view;
  if (challenge.userPoolId !== pool.userPoolId || challenge.clientId !== pool.clientId) {
    return { name: 'sign-in' };
  }
  return challenge.expiresAt > Date.now()
    ? view
    : {
        name: 'sign-in',
        username: view.typedName,
        notice: errors.SESSION_EXPIRED,
      };
}

function keptView(kept: Kept): View | undefined {
  try {
    const view = JSON.parse(kept.get() ?? 'null') as View | null;
    if (view?.name === 'challenge') {
      return { ...view, challenge: parseChallenge(JSON.stringify(view.challenge)) };
    }
    return view ?? undefined;
  } catch {
    return undefined;
  }
}
