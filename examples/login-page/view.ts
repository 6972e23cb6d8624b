/** Where the user is, as plain data, and how much of it survives a reload. */
import {
  type Challenge,
  type Delivery,
  type NewDevice,
  parseChallenge,
  type UserPoolClient,
} from 'cognito-srp-engine';

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
  | { readonly name: 'forgot-password'; readonly username?: string }
  | { readonly name: 'reset-password'; readonly username: string; readonly delivery?: Delivery | undefined }
  | { readonly name: 'challenge'; readonly challenge: Challenge; readonly typedName: string }
  | { readonly name: 'remember-device'; readonly newDevice: NewDevice }
  | { readonly name: 'signed-in'; readonly notice?: string }
  | { readonly name: 'settings' };

const KEY = 'login-page.view';
/** Views that a link or a reload can open by their name alone. */
const OPEN: readonly string[] = ['sign-in', 'sign-up', 'forgot-password', 'settings'];

/** Keeps what a view needs to come back after a reload, in this tab only. Passwords are in no view. */
export function keepView(view: View): void {
  if (view.name === 'signed-in') sessionStorage.removeItem(KEY);
  else if (!OPEN.includes(view.name)) sessionStorage.setItem(KEY, JSON.stringify(view));
}

/**
 * The view an address stands for.
 *
 * @param hash `#sign-up`
 * @returns sign-in for what is unknown, damaged, over, or of another pool
 */
export function viewAt(hash: string, pool: UserPoolClient): View {
  const name = hash.slice(1);
  if (OPEN.includes(name)) return { name } as View;
  const kept = keptView();
  if (kept?.name !== name) return { name: 'sign-in' };
  if (kept.name !== 'challenge') return kept;
  const { challenge } = kept;
  if (challenge.userPoolId !== pool.userPoolId || challenge.clientId !== pool.clientId) {
    return { name: 'sign-in' };
  }
  return challenge.expiresAt > Date.now()
    ? kept
    : {
        name: 'sign-in',
        username: kept.typedName,
        notice: 'That took longer than the sign-in is kept open. Please sign in again.',
      };
}

function keptView(): View | undefined {
  try {
    const view = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as View | null;
    if (view?.name === 'challenge') {
      return { ...view, challenge: parseChallenge(JSON.stringify(view.challenge)) };
    }
    return view ?? undefined;
  } catch {
    return undefined;
  }
}
