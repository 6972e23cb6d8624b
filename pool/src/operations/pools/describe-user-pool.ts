/** DescribeUserPool: the settings of the pool, with the number of its users and its domains. */

import { domainsOf } from '../../domain/domains.ts';
import type { Pool } from '../../service/pool.ts';
import { poolOperation } from '../operation.ts';
import { IDENTITIES } from './pool-schema.ts';

export const describeUserPool = poolOperation('DescribeUserPool', { access: 'iam' }, async (pool) => {
  const { userPool } = pool.settings;
  return {
    UserPool: {
      ...userPool,
      ...namesOfDomains(pool),
      EstimatedNumberOfUsers: pool.users.size,
      SchemaAttributes: [...(userPool.SchemaAttributes ?? []), IDENTITIES],
      UserPoolTags: userPool.UserPoolTags ?? {},
    },
  };
});

function namesOfDomains(pool: Pool) {
  const domains = domainsOf(pool);
  const prefix = domains.find(({ CustomDomainConfig }) => CustomDomainConfig === undefined);
  const custom = domains.find(({ CustomDomainConfig }) => CustomDomainConfig !== undefined);
  return { ...(prefix && { Domain: prefix.Domain }), ...(custom && { CustomDomain: custom.Domain }) };
}
