/** What the suite runs of a target: its corpus, and a small part of the fuzzing. */
import { readCorpus } from './corpus.ts';
import type { RunnableTarget } from './target.ts';

/** Always the same, so that the suite does not change by itself. */
const SEED = 1;

export function describeTarget(name: string, make: () => Promise<RunnableTarget>, cases: number): void {
  describe(name, () => {
    let target: RunnableTarget;
    beforeAll(async () => {
      target = await make();
    });

    test.each(readCorpus(name))('$why', async ({ input }) => {
      await target.replay([input]);
    });

    test(`${cases} cases have no fault`, async () => {
      const { faults, cases: done } = await target.run({ cases, seed: SEED });
      expect(faults).toEqual([]);
      expect(done).toBe(cases);
    });
  });
}
