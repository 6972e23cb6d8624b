/** What goes wrong on purpose, by name, at the nth call or by rule. */
import { type Check, type Checks, object, oneOf, positive, whole } from './checks.ts';
import { ServiceException } from './service-exception.ts';
import { multipleOfN } from './srp-host.ts';
import { CHALLENGE_NAMES, type ChallengeName, OPERATION_NAMES, type OperationName } from './wire-names.ts';

/** What goes wrong. */
export type FaultName =
  /** TooManyRequestsException. */
  | 'throttle'
  /** InternalErrorException. */
  | 'internal-error'
  /** The request was lost: nothing has been done. */
  | 'reset-before'
  /** The reply was lost: the work has been done. */
  | 'reset-after'
  /** The work begins after `delay`. */
  | 'slow'
  /** The work has been done; half of the body arrives. */
  | 'truncated-body'
  /** A proxy's page in place of the service. */
  | 'html'
  /** The service has forgotten the Session that the request brings. */
  | 'session-lost'
  /** B ≡ 0 (mod N), which a client must refuse (RFC 5054 §2.5.3). */
  | 'zero-B'
  /** The service's clock, as Date shows it and TIMESTAMP is held against it. */
  | 'clock-ahead';

/** When a fault strikes, and how. */
export interface FaultRule {
  readonly name: FaultName;
  /** The AWS operation; default any. */
  readonly operation?: OperationName;
  /** The request's ChallengeName; default any. */
  readonly challengeName?: ChallengeName;
  /** Begins with the nth call that fits, counted from 1 and from when the rule was added. Default 1. */
  readonly nth?: number;
  /** For so many calls. Default 1 where `nth` is given, else all. */
  readonly times?: number;
  /** `slow`: milliseconds before anything is done. Default 1000. */
  readonly delay?: number;
  /** `clock-ahead`: seconds. Default 3600. */
  readonly ahead?: number;
  /** `html`: the HTTP status. Default 502. */
  readonly status?: number;
  /** `zero-B`: SRP_B is so many times N. Default 0. */
  readonly multiple?: number;
}

export interface Faults {
  /** @throws TypeError for a rule with a field that is not known, or not what it must be */
  add(rule: FaultRule): void;
  /** Forgets all rules. */
  clear(): void;
}

/** The connection is gone: through `fetch` a TypeError, through a port a destroyed socket. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  }
}

/** One call, as far as faults can touch it. */
export interface FaultedCall {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Forgets the Session the request brings. */
  readonly loseSession: () => void;
}

/** Does the work, and answers. */
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
    rewritten(proceed(now), (body) => body.slice(0, Math.floor(body.length / 2))),
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
    rewritten(proceed(now), (body) =>
      body.replace(/"SRP_B":"[0-9a-f]*"/, `"SRP_B":"${multipleOfN(multiple).toString(16)}"`),
    ),
  'clock-ahead': ({ now }, { ahead = 3600 }, proceed) => proceed(() => now() + ahead * 1000),
};

export const FAULT_RULE: Check = object(
  {
    name: oneOf(...Object.keys(FAULTS)),
    operation: oneOf(...OPERATION_NAMES),
    challengeName: oneOf(...CHALLENGE_NAMES),
    nth: whole(1),
    times: whole(1),
    delay: positive,
    ahead: positive,
    // What a Response can have
    status: whole(200, 599),
    multiple: whole(0),
  } satisfies Checks<FaultRule>,
  ['name'],
  'The rule of a fault',
);

/** The rules of one pool. */
export interface FaultInjection extends Faults {
  /** Wraps the work in the faults that strike this call. */
  around(
    names: { readonly operation: string; readonly challengeName: string | undefined },
    call: FaultedCall,
    proceed: Proceed,
  ): Promise<Response>;
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
      const striking = counted.filter((entry) => {
        const { rule } = entry;
        if ((rule.operation ?? operation) !== operation) return false;
        if ((rule.challengeName ?? challengeName) !== challengeName) return false;
        entry.calls += 1;
        const { nth = 1, times = rule.nth === undefined ? Number.POSITIVE_INFINITY : 1 } = rule;
        return entry.calls >= nth && entry.calls < nth + times;
      });
      return striking.reduceRight<Proceed>((inner, { rule }) => {
        const fault = FAULTS[rule.name];
        return (now) => fault({ ...call, now }, rule, inner);
      }, proceed)(call.now);
    },
  };
}

async function rewritten(reply: Promise<Response>, rewrite: (body: string) => string): Promise<Response> {
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
