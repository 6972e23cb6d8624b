/**
 * The engine survives what others wrote: the corpora, and a small part of the fuzzing with a fixed seed, so that the suite does not
 * change by itself. `npm run test:fuzz` tries more of them, and `npm run fuzz` a million with a new seed each day.
 */
import { challengesTarget } from './challenges.ts';
import { cookiesTarget } from './cookies.ts';
import { describeTarget } from './describe-target.ts';
import { repliesTarget } from './replies.ts';
import { storedTarget } from './stored.ts';

describeTarget('replies', repliesTarget, 1000);
describeTarget('challenges', challengesTarget, 1000);
describeTarget('stored', storedTarget, 1000);
describeTarget('cookies', cookiesTarget, 1000);
