/** The targets by their names, those of the engine before those of the pool. */
import { endpointsTarget } from '../../pool/test/fuzz/endpoints.ts';
import { framingTarget } from '../../pool/test/fuzz/framing.ts';
import { operationsTarget } from '../../pool/test/fuzz/operations.ts';
import { seedsTarget } from '../../pool/test/fuzz/seeds.ts';
import { challengesTarget } from './challenges.ts';
import { cookiesTarget } from './cookies.ts';
import { repliesTarget } from './replies.ts';
import { storedTarget } from './stored.ts';
import type { RunnableTarget } from './target.ts';

export const TARGETS: Readonly<Record<string, () => Promise<RunnableTarget>>> = {
  replies: repliesTarget,
  challenges: challengesTarget,
  stored: storedTarget,
  cookies: cookiesTarget,
  operations: operationsTarget,
  endpoints: endpointsTarget,
  seeds: seedsTarget,
  framing: framingTarget,
};
