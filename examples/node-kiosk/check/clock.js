/** A clock and its timers, which a test turns. */
export function createClock(start = Date.UTC(2026, 0, 1)) {
  let now = start;
  let due = [];
  const timers = {
    setTimeout: (run, ms) => {
      const timer = { run, at: now + ms };
      due.push(timer);
      return timer;
    },
    clearTimeout: (timer) => {
      due = due.filter((other) => other !== timer);
    },
  };
  /** Runs the timers up to this moment. `ran` is awaited after each of them. */
  async function advance(ms, ran = async () => {}) {
    const end = now + ms;
    for (;;) {
      const [next] = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      now = next.at;
      timers.clearTimeout(next);
      next.run();
      await ran();
    }
    now = end;
  }
  return { now: () => now, timers, advance, waiting: () => due.length };
}
