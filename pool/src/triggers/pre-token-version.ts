/** Which version of the event PreTokenGeneration gets. */
import type { PreTokenGenerationLambdaVersionType } from '../model/types.generated.ts';
import type { PoolState } from '../service/pool.ts';

/** @returns the version of the pool's option, else what PreTokenGenerationConfig of LambdaConfig says, else V1_0 */
export function preTokenGenerationVersion({
  triggers,
  settings,
}: Pick<PoolState, 'triggers' | 'settings'>): PreTokenGenerationLambdaVersionType {
  const configured = settings.userPool.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion;
  return triggers.preTokenGenerationVersion ?? configured ?? 'V1_0';
}
