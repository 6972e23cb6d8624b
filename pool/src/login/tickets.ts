/** The tickets of managed login: each says that a browser has signed a user in through the page, and is presented once. */
import { randomToken } from '../domain/base64url.ts';
import { createBoundStore, type SubOf } from '../domain/bound-store.ts';
import type { Random } from '../domain/randomness.ts';
import type { User } from '../domain/user.ts';
import type { BrowserSignIn } from '../oauth/login-sessions.ts';

export interface Ticket {
  readonly clientId: string;
  /** The canonical name. A user who is made later under the same name does not get the ticket. */
  readonly username: string;
  /** The browser that has signed in: the value of its cookie. */
  readonly browser: string;
  readonly signIn: BrowserSignIn;
}

/** Who presents a ticket. */
export type Presenter = Pick<Ticket, 'clientId' | 'browser'>;

export interface Tickets {
  /** @returns the ticket: 32 bytes, base64url. It is a secret. */
  readonly open: (ticket: Ticket) => string;
  /** Looks at a ticket without spending it. @returns undefined if it is not one of this client and this browser */
  readonly find: (id: string, presenter: Presenter) => Ticket | undefined;
  /** Spends a ticket. One that another client or another browser presents is spent too, because it was stolen. */
  readonly take: (id: string, presenter: Presenter) => Ticket | undefined;
  /** Forgets the tickets of the user. */
  readonly forget: (user: User) => void;
  readonly sweep: () => void;
}

/** Long enough for the question whether to remember a device. */
const LIFETIME_MS = 5 * 60_000;

/** @param now milliseconds since the epoch */
export function createTickets(random: Random, now: () => number, subOf: SubOf): Tickets {
  const store = createBoundStore<Ticket>(LIFETIME_MS, now, subOf);
  const find: Tickets['find'] = (id, { clientId, browser }) => {
    const entry = store.get(id);
    if (!entry || entry.expired) return undefined;
    const ticket = entry.value;
    return ticket.clientId === clientId && ticket.browser === browser ? ticket : undefined;
  };
  return {
    open: (ticket) => {
      const id = randomToken(random);
      store.put(id, ticket);
      return id;
    },
    find,
    take: (id, presenter) => {
      const ticket = find(id, presenter);
      store.delete(id);
      return ticket;
    },
    forget: ({ username }) => store.deleteWhere((ticket) => ticket.username === username),
    sweep: store.sweep,
  };
}
