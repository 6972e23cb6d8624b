/** CreateUserPool: adds a pool without users and app clients. */
import { invalidParameter } from '../../domain/service-exception.ts';
import { checkTier } from '../../domain/tiers.ts';
import { NO_OWN_TRIGGERS } from '../../triggers/pool-triggers.ts';
import { serviceOperation } from '../operation.ts';
import { newLocalSettings, newPoolId, newPoolSettings } from './new-pool.ts';
import { checkGiven } from './setting-checks.ts';

export const createUserPool = serviceOperation('CreateUserPool', async (service, input, { now }) => {
  if (input.AliasAttributes?.length && input.UsernameAttributes?.length) {
    // AWS's text is not known.
    throw invalidParameter(
      'Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
    );
  }
  const settings = newPoolSettings(input, newPoolId(service), now(), newLocalSettings(service));
  checkGiven(input, settings);
  checkTier(settings);
  service.addPool({ settings, clients: [], users: [], groups: [], documents: [], triggers: NO_OWN_TRIGGERS });
  // Measured: the tags are in the reply of DescribeUserPool alone
  const { UserPoolTags, ...userPool } = settings.userPool;
  return {
    UserPool: {
      ...userPool,
      ...(Object.keys(UserPoolTags ?? {}).length > 0 && { UserPoolTags }),
      EstimatedNumberOfUsers: 0,
    },
  };
});
