/** The ARN of a pool, by which operations on tags name it. */
import { ServiceException } from '../../domain/service-exception.ts';
import type { PoolState } from '../../service/pool.ts';

/**
 * The account in the ARN is not looked at, because a local pool has none.
 *
 * @throws ServiceException ResourceNotFoundException. AWS's text is not known.
 */
export function checkPoolArn({ userPoolId, region }: PoolState, arn: string): void {
  if (new RegExp(`^arn:[\\w-]+:cognito-idp:${region}:\\d*:userpool/${userPoolId}$`).test(arn)) return;
  throw new ServiceException('ResourceNotFoundException', `Resource ${arn} does not exist.`);
}
