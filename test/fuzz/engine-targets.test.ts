/**
 * The engine survives what others wrote: the corpora, and a small part of the fuzzing with a fixed seed, so that the suite does not
 * change by itself. `npm run test:fuzz` tries more of them, and `npm run fuzz` a million with a new seed each day.
 */
import { challengesTarget } from './challenges.ts';
import { cookiesTarget } from './cookies.ts';
import { readCorpus } from './corpus.ts';
import { repliesTarget } from './replies.ts';
import { storedTarget } from './stored.ts';
import type { RunnableTarget } from './target.ts';

const SEED = 1;

describe.each<[name: string, make: () => Promise<RunnableTarget>, cases: number]>([
  ['replies', repliesTarget, 1000],
  ['challenges', challengesTarget, 1000],
  ['stored', storedTarget, 1000],
  ['cookies', cookiesTarget, 1000],
])('%s', (name, make, cases) => {
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
