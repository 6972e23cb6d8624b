/** Chooses the user pool that the page talks to: an embedded one, or the one that the address names. */
import { DEFAULT_PASSWORD_POLICY, type PasswordPolicy } from 'cognito-srp-engine/texts';
import { FLOWS, type PasswordFlow, type SignInPool } from '../../login-page/app.ts';

/** A user of an embedded pool whom the panel offers to sign in. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly shows: string;
}

/** A pool on this machine, as /config.json lists it. */
export interface LocalPool {
  readonly label: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string;
  /** Default `USER_SRP_AUTH`. */
  readonly flow?: PasswordFlow;
  readonly passwordPolicy: PasswordPolicy;
  readonly people: readonly Person[];
  /** Identity providers to sign in through. Default none. */
  readonly providers?: readonly string[];
}

export interface PageConfig {
  readonly pools: readonly LocalPool[];
}

export interface ChosenPool extends SignInPool {
  /** The pool, where it is on this machine. */
  readonly local: LocalPool | undefined;
}

/** A client cannot ask what a pool requires, so the page asks for what its own pools do. */
const OFFERS = { signUpAttributes: ['given_name', 'email'], hasSignUp: true, hasOtherFactors: true } as const;

/**
 * @param search `?userPoolId=…&clientId=…&flow=…`. An endpoint is not read from it, because a link must not be able
 *   to send what a user types to another host
 */
export function choosePool({ pools }: PageConfig, search: string): ChosenPool {
  const query = new URLSearchParams(search);
  const userPoolId = query.get('userPoolId');
  const local = userPoolId === null ? pools[0] : pools.find((pool) => pool.userPoolId === userPoolId);
  const flow = FLOWS.find((name) => name === query.get('flow')) ?? local?.flow ?? 'USER_SRP_AUTH';
  const clientId = query.get('clientId') ?? local?.clientId ?? '';
  if (!local) {
    const client = { userPoolId: userPoolId ?? '', clientId };
    return { ...OFFERS, client, flow, passwordPolicy: DEFAULT_PASSWORD_POLICY, local };
  }
  const client = { userPoolId: local.userPoolId, clientId, endpoint: local.endpoint };
  return { ...OFFERS, client, flow, passwordPolicy: local.passwordPolicy, local };
}

/** @returns the address of this page for another pool */
export function addressOf(input: {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly flow: string;
}): string {
  const query = new URLSearchParams({ userPoolId: input.userPoolId, clientId: input.clientId });
  query.set('flow', input.flow);
  return `${location.pathname}?${query}`;
}
