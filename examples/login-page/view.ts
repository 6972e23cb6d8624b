/** Where the user is, as plain data, and how much of it survives a reload. */
import {
  type Challenge,
  type Delivery,
  type NewDevice,
  parseChallenge,
  type UserPoolClient,
} from 'cognito-srp-engine';
import type { Kept } from './kept.ts';

export type View =
  | { readonly name: 'sign-in'; readonly username?: string; readonly notice?: string }
  | { readonly name: 'sign-up' }
  | {
      readonly name: 'confirm-sign-up';
      readonly username: string;
      readonly delivery?: Delivery | undefined;
      /** From `signUp`: the new user is signed in without another question. */
      readonly session?: string | undefined;
    }
  | { readonly name: 'forgot-password'; readonly username?: string; readonly notice?: string }
  | { readonly name: 'reset-password'; readonly username: string; readonly delivery?: Delivery | undefined }
  | {
      readonly name: 'challenge';
      readonly challenge: Challenge;
      readonly typedName: string;
      /** What was wrong with the answer before. */
      readonly problem?: string;
    }
  | { readonly name: 'remember-device'; readonly newDevice: NewDevice }
  | { readonly name: 'signed-in'; readonly username: string; readonly notice?: string }
  | { readonly name: 'settings' };

/** Views that a link or a reload can open by their name alone. */
const OPEN: readonly string[] = ['sign-in', 'sign-up', 'forgot-password', 'settings'];
/** Keeps what a view needs to come back after a reload, in this tab only. Passwords are in no view. */
export function keepView(kept: Kept, view: View): void {
  // The device is kept where every tab sees it
  if (view.name === 'signed-in' || view.name === 'remember-device') kept.remove();
  else if (!OPEN.includes(view.name)) kept.set(JSON.stringify(view));
}

/**
 * The view an address stands for.
 *
 * @param hash `#sign-up`
 * @returns sign-in for what is unknown, damaged, over, or of another pool
 */
export function viewAt(hash: string, kept: Kept, pool: UserPoolClient): View {
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
        notice: 'That took longer than the sign-in is kept open. Please sign in again.',
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

/** The name a view is about: as the service has it, or as it was typed. */
export function userOf(view: View): string | undefined {
  if (view.name === 'challenge') return view.challenge.username;
  return 'username' in view ? view.username : undefined;
}
