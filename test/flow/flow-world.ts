/** A sign-in flow at a local pool, with a fetch that can be held, and a record of its states. */
import type { UserPoolOptions } from '../../pool/src/index.ts';
import {
  createSignInFlow,
  type SignInFlow,
  type SignInFlowInput,
  type SignInFlowOptions,
  type SignInState,
} from '../../src/flow/index.ts';
import type { ChallengeName, Fetch } from '../../src/index.ts';
import { type Case, createWorld, type World } from '../cognito/challenge-cases.ts';

export const PASSWORD = 'Correct-Horse-9';
export const password = { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: PASSWORD } as const;

/** A user with a code by text message as second factor. */
export const SMS_USER: UserPoolOptions = {
  users: [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }],
};

export interface FlowWorld extends World {
  readonly flow: SignInFlow;
  /** The statuses that a listener saw, one after the other. */
  readonly seen: string[];
  /** The operations that were sent. */
  readonly sent: string[];
  /** From now on, replies, or those of one operation, wait until `release` is called. The service has got the requests by then. */
  readonly hold: (operation?: string) => void;
  readonly release: () => void;
  readonly code: () => string;
  /** The flow of the same page after a reload. */
  readonly reload: (more?: SignInFlowInput, options?: SignInFlowOptions) => SignInFlow;
}

export async function flowWorld(
  c: Partial<Case<ChallengeName>> & { readonly options: UserPoolOptions },
  input: SignInFlowInput = {},
  more: UserPoolOptions = {},
): Promise<FlowWorld> {
  const world = await createWorld(c as Case<ChallengeName>, more);
  let held: Promise<void> | undefined;
  let heldOperation = '';
  let release = () => {};
  const send = world.options.fetch;
  if (!send) throw new Error('The world has a fetch');
  const fetch: Fetch = async (url, init) => {
    const response = await send(url, init);
    const target = new Headers(init.headers).get('x-amz-target') ?? '';
    if (target.endsWith(heldOperation)) await held;
    return response;
  };
  const usual = { fetch, retryDelayMs: 1, now: () => world.clock.ms };
  const reload = (others: SignInFlowInput = {}, options: SignInFlowOptions = usual) =>
    createSignInFlow(world.client, { ...input, ...others }, options);
  const flow = reload();
  const seen: string[] = [];
  flow.subscribe(({ status }) => seen.push(status));
  return {
    ...world,
    flow,
    seen,
    reload,
    hold: (operation = '') => {
      heldOperation = operation;
      held = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => release(),
    code: () => world.pool.outbox.at(-1)?.code ?? 'no code was sent',
  };
}

/** The state, which has to have this status. */
export function inState<Status extends SignInState['status']>(
  flow: SignInFlow,
  status: Status,
): Extract<SignInState, { readonly status: Status }> {
  const state = flow.getSnapshot();
  if (state.status !== status) throw new Error(`Expected ${status}, got ${state.status}`);
  return state as Extract<SignInState, { readonly status: Status }>;
}

/** The challenge of the state, which has to have this name. */
export function challengeIn<Name extends ChallengeName>(flow: SignInFlow, name: Name) {
  const { challenge } = inState(flow, 'challenge');
  if (challenge.name !== name) throw new Error(`Expected ${name}, got ${challenge.name}`);
  return challenge as Extract<typeof challenge, { readonly name: Name }>;
}

/** Waits until something is so. The test's own time limit ends it. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}
