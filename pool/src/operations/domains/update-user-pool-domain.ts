/** UpdateUserPoolDomain: changes the certificate, the managed login version or the routing of a domain. */
import { changeDocument } from '../../domain/documents.ts';
import { assertNotLite } from '../../domain/tiers.ts';
import { poolOperation } from '../operation.ts';
import { CLASSIC, DOMAIN } from './kept-domains.ts';

export const updateUserPoolDomain = poolOperation(
  'UpdateUserPoolDomain',
  { access: 'iam' },
  async (pool, { Domain, UserPoolId, ...changes }) => {
    if ((changes.ManagedLoginVersion ?? CLASSIC) > CLASSIC) assertNotLite(pool.settings, 'Managed Login');
    const changed = changeDocument(pool, DOMAIN, Domain, changes);
    return {
      CloudFrontDomain: changed.CloudFrontDistribution,
      ManagedLoginVersion: changed.ManagedLoginVersion,
      Routing: changed.Routing,
    };
  },
);
