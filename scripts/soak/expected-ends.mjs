/** Compares how each call ended with how it should have ended. A fault that the call has met is the one excuse. */
import { ENDS } from './fault-schedule.mjs';

/** A reply that is late because the machine is busy is not one that was lost. */
const TIMEOUT_MS = 60_000;
/**
 * From then on a flow is late, in milliseconds of the pool's clock that its calls took. A code of an app is taken for half a minute after
 * its time, and nothing else expires that soon.
 */
const LATE_MS = 25_000;

/** Ends a flow early. It has been counted where it was thrown. */
export class FlowEnded extends Error {}

/**
 * @param {ReturnType<import('./observed-fetch.mjs').createTraffic>} traffic
 * @param {object} tally counts calls, and keeps the wrong ends
 */
export function createCalls(traffic, tally, flow) {
  let calls = 0;
  let spentMs = 0;
  const run = async (work) => {
    const { fetch, faults } = traffic.observe();
    calls += 1;
    // Every second call is repeated where the engine may do so
    const options = { fetch, maxAttempts: calls % 2 === 0 ? 3 : 1, retryDelayMs: 50, timeoutMs: TIMEOUT_MS };
    tally.calls += 1;
    const began = Date.now();
    const ended = await work(options).then(
      (value) => ({ value, end: endOf(value), faults }),
      (error) => ({ error, end: error.code ?? error.name, faults }),
    );
    spentMs += Date.now() - began;
    if (spentMs > LATE_MS) faults.push('late');
    return ended;
  };
  const mayEnd = (end, faults) => faults.some((fault) => ENDS[fault].includes(end));
  const wrong = (what, expected, { end, error, faults }) => {
    tally.wrong.push({
      flow,
      what,
      expected: String(expected),
      end,
      faults: faults.join(', '),
      text: error instanceof Error ? error.stack.split('\n').slice(0, 4).join('\n') : '',
    });
    throw new FlowEnded(what);
  };
  return {
    /**
     * Makes a call that has to end in one way.
     *
     * @param {string} what the call, for the report
     * @param {(options: object) => Promise<unknown>} work
     * @param {string} expected the status of a step, the name of its challenge, the code of an error, or `done`
     * @returns what it gave, or the error
     * @throws FlowEnded if it ended otherwise
     */
    call: async (what, work, expected = 'done') => {
      const ended = await run(work);
      if (ended.end === expected) {
        if (ended.faults.some((fault) => fault !== 'slow' && fault !== 'late')) tally.survived += 1;
        return ended.error ?? ended.value;
      }
      if (!mayEnd(ended.end, ended.faults)) return wrong(what, expected, ended);
      tally.broken += 1;
      const injected = ended.faults.filter((fault) => fault !== 'late');
      if (!mayEnd(ended.end, injected)) tally.late += 1;
      throw new FlowEnded(what);
    },
    /** Makes a call until it ends in one of these ways. It brings a user back to where a flow can begin. */
    until: async (what, work, expected) => {
      for (;;) {
        const ended = await run(work);
        if (expected.includes(ended.end)) return ended.value;
        if (!mayEnd(ended.end, ended.faults)) return wrong(what, expected, ended);
      }
    },
  };
}

const endOf = (value) => {
  if (value?.status === 'challenge') return value.challenge.name;
  return value?.status === 'signed-in' ? 'signed-in' : 'done';
};
