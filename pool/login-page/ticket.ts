/** The end of a sign-in through this page: the pool gives a ticket in place of tokens, and the ticket leads back to the app. */
import type { NewDevice } from 'cognito-srp-engine';
import type { SignInState } from 'cognito-srp-engine/flow';
import type { App } from '../../login-page/app.ts';
import { PageError } from '../../login-page/explanations.ts';
import { LOGIN_TICKET } from '../src/sign-in/login-ticket.ts';
import { appAddress } from './app-address.ts';

/** A sign-in that is done, of a device that the user is asked about first. */
export interface Goal {
  readonly name: 'remember-device';
  readonly ticket: string;
  readonly username: string;
  readonly newDevice: NewDevice;
}

/** Sends a request of the engine to the operations of this page, for the client of its address. */
export const sendToPage: typeof fetch = (_, init) =>
  fetch(`/login/api${location.search}`, {
    ...init,
    headers: { ...(init?.headers as Record<string, string>), 'Content-Type': 'application/json' },
  });

/** @returns false for a state that is not the end */
export async function finishWithTicket(
  app: App,
  state: SignInState,
  go: (goal: Goal, how: 'replace') => void,
): Promise<boolean> {
  if (state.status !== 'challenge') return false;
  const { challenge } = state;
  if (challenge.name !== 'UNKNOWN' || challenge.challengeName !== LOGIN_TICKET) return false;
  app.kept.typedName.set(state.username);
  // The ticket is good once, so a reload begins again
  app.flow.restart();
  const { DEVICE_KEY: key, DEVICE_GROUP_KEY: groupKey } = challenge.parameters;
  const { session: ticket, username } = challenge;
  if (ticket === undefined) throw new PageError(app.texts.notices.unexpected);
  if (key !== undefined && groupKey !== undefined)
    go({ name: 'remember-device', ticket, username, newDevice: { key, groupKey } }, 'replace');
  else await returnToApp(app, ticket);
  return true;
}

/** Shows the ticket, and goes to the address that the pool answers: that of the app, with a code. */
export async function returnToApp({ texts }: App, ticket: string): Promise<void> {
  const response = await fetch(`/login${location.search}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ticket }),
  });
  const { redirectTo } = (await response.json()) as { readonly redirectTo?: string };
  if (redirectTo === undefined) throw new PageError(texts.errors.SESSION_INVALID);
  const target = appAddress(redirectTo, location.href);
  if (target === undefined) throw new PageError(texts.errors.SESSION_INVALID);
  location.replace(target);
  // The page stays at work until the browser has left it
  await new Promise(() => undefined);
}
