/** Faults: failures that the pool injects, at the calls that a rule selects. */

import { ServiceException } from '../domain/service-exception.ts';
import { multipleOfN } from '../domain/srp-host.ts';
import { isOperationName } from '../model/operation-names.ts';
import type { OperationName } from '../model/types.generated.ts';
import { type Check, type Checks, invalid, object, oneOf, positive, whole } from '../options/checks.ts';
import { CHALLENGE_NAMES, type ChallengeName } from '../sign-in/challenge-names.ts';

/** A kind of failure. */
export type FaultName =
  /** The pool answers TooManyRequestsException. */
  | 'throttle'
  /** The pool answers InternalErrorException. */
  | 'internal-error'
  /** The connection is dropped before the pool does anything: the request is lost. */
  | 'reset-before'
  /** The connection is dropped after the pool has done its work: the reply is lost. */
  | 'reset-after'
  /** The pool waits for `delay` before it does anything. */
  | 'slow'
  /** The pool does its work, and half of the reply's body arrives. */
  | 'truncated-body'
  /** A proxy answers with an HTML page, and the request does not reach the pool. */
  | 'html'
  /** The pool forgets the Session of the request before it answers. */
  | 'session-lost'
  /** The pool sends a B with B ≡ 0 (mod N), which a client must refuse (RFC 5054 §2.5.3). */
  | 'zero-B'
  /** The pool's clock is ahead, in the Date header and in the check of TIMESTAMP. */
  | 'clock-ahead';

/** Which calls fail, and how. */
export interface FaultRule {
  readonly name: FaultName;
  /** The AWS operation. Default: every operation. */
  readonly operation?: OperationName;
  /** The ChallengeName of the request. Default: every challenge. */
  readonly challengeName?: ChallengeName;
  /** The first matching call that fails. The first call after the rule was added is 1. Default 1. */
  readonly nth?: number;
  /** How many matching calls fail. Default: one if `nth` is given, otherwise all. */
  readonly times?: number;
  /** For `slow`: how long the pool waits, in milliseconds. Default 1000. */
  readonly delay?: number;
  /** For `clock-ahead`: in seconds. Default 3600. */
  readonly ahead?: number;
  /** For `html`: the HTTP status, 200 to 599. Default 502. */
  readonly status?: number;
  /** For `zero-B`: SRP_B is this number times N. Default 0. */
  readonly multiple?: number;
}

/**
 * The failures of a running pool.
 *
 * @example
 * ```ts
 * import { createUserPool } from 'cognito-local-pool';
 *
 * const { faults } = createUserPool();
 * // The reply to the second RespondToAuthChallenge is lost
 * faults.add({ name: 'reset-after', operation: 'RespondToAuthChallenge', nth: 2 });
 * faults.clear();
 * ```
 */
export interface Faults {
  /**
   * Adds a rule. Rules that match the same call all apply, in the order they were added.
   *
   * @param rule only `name` is required
   * @throws TypeError if a field of the rule is unknown or wrong; the message names the field
   */
  readonly add: (rule: FaultRule) => void;
  /** Removes all rules. */
  readonly clear: () => void;
}

/** The connection is dropped. `fetch` rejects with this TypeError; a pool that listens destroys the socket. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed', { cause: new SocketError() });
  }
}

/** The cause that undici gives, as Node's sockets have it. */
class SocketError extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('read ECONNRESET');
  }
}

/** The parts of one call that faults can change. */
export interface FaultedCall {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Forgets the Session of the request. */
  readonly loseSession: () => void;
}

/** Does the work of the call and returns the reply. */
export type Proceed = (now: () => number) => Promise<Response>;

type Fault = (call: FaultedCall, rule: FaultRule, proceed: Proceed) => Promise<Response>;

const FAULTS: Readonly<Record<FaultName, Fault>> = {
  throttle: async () => {
    throw new ServiceException('TooManyRequestsException', 'Too many requests');
  },
  'internal-error': async () => {
    throw new ServiceException('InternalErrorException', 'Something went wrong');
  },
  'reset-before': async () => {
    throw new ConnectionReset();
  },
  'reset-after': async ({ now }, _, proceed) => {
    await proceed(now);
    throw new ConnectionReset();
  },
  slow: async ({ now, signal }, { delay = 1000 }, proceed) => {
    await pause(delay, signal);
    return proceed(now);
  },
  'truncated-body': ({ now }, _, proceed) =>
    rewriteBody(proceed(now), (body) => body.slice(0, Math.floor(body.length / 2))),
  html: async (_, { status = 502 }) =>
    new Response('<!doctype html><html><body><h1>Bad Gateway</h1></body></html>', {
      status,
      headers: { 'Content-Type': 'text/html' },
    }),
  'session-lost': async ({ now, loseSession }, _, proceed) => {
    loseSession();
    return proceed(now);
  },
  'zero-B': ({ now }, { multiple = 0 }, proceed) =>
    rewriteBody(proceed(now), (body) =>
      body.replace(/"SRP_B":"[0-9a-f]*"/, `"SRP_B":"${multipleOfN(multiple).toString(16)}"`),
    ),
  'clock-ahead': ({ now }, { ahead = 3600 }, proceed) => proceed(() => now() + ahead * 1000),
};

/** There are too many names for a message to list them. */
function operationName(value: unknown, path: string): void {
  if (typeof value === 'string' && isOperationName(value)) return;
  throw invalid(`${path} must be the name of an operation, such as InitiateAuth`);
}

export const FAULT_RULE: Check = object(
  {
    name: oneOf(...Object.keys(FAULTS)),
    operation: operationName,
    challengeName: oneOf(...CHALLENGE_NAMES),
    nth: whole(1),
    times: whole(1),
    delay: positive,
    ahead: positive,
    // Response accepts no other status
    status: whole(200, 599),
    multiple: whole(0),
  } satisfies Checks<FaultRule>,
  ['name'],
  'The fault rule',
);

/** The rules of a service. They hold for all of its pools. */
export interface FaultInjection extends Faults {
  /** Does the work of a call, with the faults whose rules match it. */
  readonly around: (
    names: { readonly operation: string; readonly challengeName: string | undefined },
    call: FaultedCall,
    proceed: Proceed,
  ) => Promise<Response>;
}

export function createFaults(rules: readonly FaultRule[]): FaultInjection {
  let counted: readonly { readonly rule: FaultRule; calls: number }[] = [];
  const add = (rule: FaultRule) => {
    FAULT_RULE(rule, '');
    counted = [...counted, { rule, calls: 0 }];
  };
  for (const rule of rules) add(rule);
  return {
    add,
    clear: () => {
      counted = [];
    },
    around: ({ operation, challengeName }, call, proceed) => {
      const matching = counted.filter((entry) => {
        const { rule } = entry;
        if ((rule.operation ?? operation) !== operation) return false;
        if ((rule.challengeName ?? challengeName) !== challengeName) return false;
        entry.calls += 1;
        const { nth = 1, times = rule.nth === undefined ? Number.POSITIVE_INFINITY : 1 } = rule;
        return entry.calls >= nth && entry.calls < nth + times;
      });
      return matching.reduceRight<Proceed>((inner, { rule }) => {
        const fault = FAULTS[rule.name];
        return (now) => fault({ ...call, now }, rule, inner);
      }, proceed)(call.now);
    },
  };
}

async function rewriteBody(reply: Promise<Response>, rewrite: (body: string) => string): Promise<Response> {
  const response = await reply;
  return new Response(rewrite(await response.text()), {
    status: response.status,
    headers: response.headers,
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
}
