/**
 * The clients of the soak, in a process of their own: they run flows against each pool, at a steady rate.
 *
 * node traffic.mjs '{ "pools": { "memory": "http://…" }, "perSecond": 2, "seconds": 300, "rate": 1 }' reports to its parent by messages:
 * `tally` when it is asked, and `done` once all flows have ended.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { forgets, isAdministered, removeMadeUsers, signsUp } from './account-flows.mjs';
import { createCalls, FlowEnded } from './expected-ends.mjs';
import { byRedirect } from './oauth-flow.mjs';
import { createTraffic } from './observed-fetch.mjs';
import {
  byApp,
  byDevice,
  byPassword,
  byRefresh,
  bySrp,
  tooLateForChallenge,
  tooLateForTokens,
} from './sign-in-flows.mjs';
import { createChecks, createVerifiers } from './value-checks.mjs';

const { pools, perSecond, seconds, rate } = JSON.parse(process.argv[2]);
/** Flows that have not ended so long after the last one began are given up, and count as wrong. In seconds of the pool's clock. */
const LONGEST_FLOW_S = 900;
/** So many flows may be busy at each pool, beside those that wait for something to expire. */
const MOST_AT_ONCE = 20;
const FLOWS = {
  bySrp,
  byPassword,
  byApp,
  byRefresh,
  byDevice,
  signsUp,
  forgets,
  isAdministered,
  byRedirect,
  tooLateForChallenge,
  tooLateForTokens,
  /** At the end. */
  removeMadeUsers,
};
/** The flows in the order in which they begin. The list begins again at its end. */
const ROTA =
  'bySrp byApp bySrp byPassword byRefresh byDevice bySrp signsUp byRedirect bySrp isAdministered byApp tooLateForTokens bySrp forgets byPassword bySrp tooLateForChallenge byRefresh byRedirect'.split(
    ' ',
  );

const began = performance.now();
const services = Object.entries(pools).map(([name, endpoint]) => startService(name, endpoint));
process.on('message', ({ tally }) => {
  if (!tally) return;
  process.send({ tally: readTally() });
});
await Promise.all(services.map(({ ended }) => ended));
process.send({ done: readTally() });
process.channel.unref();

function readTally() {
  return Object.fromEntries(services.map(({ name, read }) => [name, read()]));
}

function startService(name, endpoint) {
  const traffic = createTraffic();
  const tally = { calls: 0, survived: 0, broken: 0, late: 0, wrong: [], begun: 0, ended: {}, times: [] };
  const turns = {};
  const running = new Set();
  let waiting = 0;
  /** @param s in seconds of the pool's clock */
  const wait = async (s) => {
    waiting += 1;
    await sleep((s * 1000) / rate);
    waiting -= 1;
  };
  let verifiers;
  const timed = async (work) => {
    const before = performance.now();
    const value = await work();
    tally.times.push(performance.now() - before);
    return value;
  };
  const contextOf = (flow, turn) => ({
    endpoint,
    fetch: traffic.fetch,
    wait,
    timed,
    turn,
    check: createChecks(verifiers, tally, flow),
    ...createCalls(traffic, tally, flow),
  });
  const runFlow = async (flow) => {
    turns[flow] = (turns[flow] ?? -1) + 1;
    tally.begun += 1;
    try {
      await FLOWS[flow](contextOf(flow, turns[flow]));
      tally.ended[flow] = (tally.ended[flow] ?? 0) + 1;
    } catch (error) {
      if (error instanceof FlowEnded) return;
      const text = error.stack.split('\n').slice(0, 4).join('\n');
      tally.wrong.push({ flow, what: 'the flow', expected: 'to end', end: error.message, faults: '', text });
    }
  };
  const run = async () => {
    verifiers = await createVerifiers(endpoint, traffic.fetch);
    for (let i = 0; performance.now() - began < seconds * 1000; i++) {
      // A machine that is too busy for the rate gets a lower one
      while (running.size - waiting > MOST_AT_ONCE) await sleep(100);
      const flow = runFlow(ROTA[i % ROTA.length]);
      running.add(flow);
      void flow.finally(() => running.delete(flow));
      // Steady, whatever one flow takes
      await sleep(Math.max(0, began + ((i + 1) * 1000) / perSecond - performance.now()));
    }
    const isDone = await Promise.race([
      Promise.all(running).then(() => true),
      sleep((LONGEST_FLOW_S * 1000) / rate + 10_000, false, { ref: false }),
    ]);
    if (!isDone) {
      tally.wrong.push({
        flow: '',
        what: 'all flows',
        expected: 'to end',
        end: `${running.size} have not`,
        faults: '',
        text: '',
      });
    }
    await runFlow('removeMadeUsers');
    await traffic.close();
  };
  return {
    name,
    ended: run(),
    /** What has happened since the last time it was asked, and the sums since the start. */
    read: () => {
      const { times, ...rest } = tally;
      tally.times = [];
      return { ...rest, times, running: running.size, sent: traffic.sent, met: traffic.met };
    },
  };
}
