/** Which pools a service begins with: those of its options, and those that a data folder kept. */
import { contentsOf } from '../options/contents.ts';
import type { PoolContents } from '../service/pool.ts';
import type { Service } from '../service/service.ts';
import type { KeptPools } from './keeper.ts';

/**
 * Adds the pools of the options, and then the other pools of the folder, the oldest first. What the folder kept of a pool takes
 * the place of what the options say of it. Triggers are functions, so they come from the options alone.
 *
 * @returns the ids of the pools that the folder had
 */
export function addPools(
  service: Service,
  seed: readonly PoolContents[],
  keptPools: KeptPools,
): readonly string[] {
  const kept = new Map(
    [...keptPools].map(([userPoolId, options]) => [
      userPoolId,
      contentsOf(options, service.random, service.now()),
    ]),
  );
  for (const contents of seed) {
    const { settings, triggers } = contents;
    const former = kept.get(settings.userPool.Id);
    service.addPool(former ? { ...former, triggers } : contents);
  }
  const others = [...kept.values()].filter(({ settings }) => !service.pools.has(settings.userPool.Id));
  for (const contents of others.sort((one, other) => createdAt(one) - createdAt(other))) {
    service.addPool(contents);
  }
  return [...service.pools.keys()].filter((userPoolId) => kept.has(userPoolId));
}

const createdAt = ({ settings }: PoolContents): number => Number(settings.userPool.CreationDate ?? 0);
