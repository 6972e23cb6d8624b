/** A fetch that counts the calls it sends, and tells which faults it has met. Each call of a flow has its own. */
import { Agent, fetch } from 'undici';
import { callName, SLOW_MS } from './fault-schedule.mjs';

const TARGET = 'AWSCognitoIdentityProviderService.';
/** A busy machine is not an error, so a request waits longer than undici's 10 seconds. */
const PATIENCE_MS = 120_000;
/** The clocks of the pool and of the client are one, so that any other Date header is a fault's. */
const CLOCK_TOLERANCE_MS = 1_800_000;

/**
 * Makes what all fetches of one pool have in common. Each request has its own connection: a pool may close one that is idle just when a
 * client uses it again, and a request would be lost that no fault has taken.
 */
export function createTraffic() {
  const agent = new Agent({ pipelining: 0, connect: { timeout: PATIENCE_MS }, headersTimeout: PATIENCE_MS });
  /** How many calls were sent, by `callName`. */
  const sent = {};
  /** How many faults were met, by their names. */
  const met = {};
  const plainFetch = (url, init) => fetch(url, { ...init, dispatcher: agent });
  return {
    sent,
    met,
    /** For what is not an operation, and so never meets a fault. */
    fetch: plainFetch,
    close: () => agent.close(),
    /** @returns `fetch`, and `faults`: the names of those that it has met */
    observe: () => {
      const faults = [];
      const note = (name) => {
        faults.push(name);
        met[name] = (met[name] ?? 0) + 1;
      };
      return {
        faults,
        fetch: (url, init = {}) => {
          const target = new Headers(init.headers).get('x-amz-target');
          if (target === null) return plainFetch(url, init);
          return sendOperation(target.slice(TARGET.length), url, { ...init, dispatcher: agent });
        },
      };

      async function sendOperation(operation, url, init) {
        const { ChallengeName } = JSON.parse(init.body);
        const name = callName(operation, ChallengeName);
        sent[name] = (sent[name] ?? 0) + 1;
        const began = performance.now();
        let response;
        let text;
        try {
          response = await fetch(url, init);
          text = await response.text();
        } catch (error) {
          note('reset');
          throw error;
        }
        // A timer may be a millisecond early
        if (performance.now() - began >= SLOW_MS - 2) note('slow');
        const fault = faultOf(response, text, name);
        if (fault) note(fault);
        return new Response(text, { status: response.status, headers: [...response.headers] });
      }
    },
  };
}

function faultOf(response, text, name) {
  if (response.headers.get('content-type')?.startsWith('text/html')) return 'html';
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Math.abs(date - Date.now()) > CLOCK_TOLERANCE_MS) return 'clock-ahead';
  let body;
  try {
    body = JSON.parse(text || '{}');
  } catch {
    return 'truncated-body';
  }
  const { __type, message, ChallengeParameters } = body;
  if (__type === 'TooManyRequestsException') return 'throttle';
  if (__type === 'InternalErrorException') return 'internal-error';
  if (ChallengeParameters?.SRP_B === '0') return 'zero-B';
  const isLost = name.endsWith('SOFTWARE_TOKEN_MFA') && message === 'Invalid session for the user.';
  return isLost ? 'session-lost' : undefined;
}
