/**
 * Is loaded into each process of the soak before its program: `node --expose-gc --import …/process-probe.mjs program`. It says what the
 * process holds, and gives it a clock that can go faster and can be set forward. All processes of a soak are given the same clock.
 *
 * SOAK_CLOCK is `rate since`: how many times faster the clock goes, and since when, in milliseconds since the epoch.
 */
import { isMainThread } from 'node:worker_threads';
import { countHeld } from './held-records.mjs';

const [rate, since] = process.env.SOAK_CLOCK.split(' ').map(Number);
let ahead = 0;
const RealDate = Date;
const now = () => Math.floor(since + (RealDate.now() - since) * rate + ahead);
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }
  static now() {
    return now();
  }
};

if (isMainThread) {
  process.on('message', ({ measure, setForwardMs }) => {
    if (setForwardMs) ahead += setForwardMs;
    if (!measure) return;
    const held = countHeld();
    globalThis.gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send({ measured: { heap: (heapUsed + external) / 2 ** 20, resident: rss / 2 ** 20, held } });
  });
  // The program ends as if nobody listened here, and does not outlive the soak
  process.channel.unref();
  process.once('disconnect', () => process.exit(3));
}
