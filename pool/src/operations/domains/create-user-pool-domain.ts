/** CreateUserPoolDomain: gives the pool a prefix domain or a custom domain. */
import { addDocument } from '../../domain/documents.ts';
import { domainsOf } from '../../domain/domains.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import { assertNotLite } from '../../domain/tiers.ts';
import { poolById } from '../../service/service.ts';
import { LOCAL_ACCOUNT } from '../../settings/pool-settings.ts';
import { serviceOperation } from '../operation.ts';
import { CLASSIC, DOMAIN, findDomain } from './kept-domains.ts';

export const createUserPoolDomain = serviceOperation('CreateUserPoolDomain', async (service, input) => {
  const { CustomDomainConfig, Domain, ManagedLoginVersion = CLASSIC, Routing, UserPoolId } = input;
  const pool = poolById(service, UserPoolId);
  if (ManagedLoginVersion > CLASSIC) assertNotLite(pool.settings, 'Managed Login');
  const isCustom = CustomDomainConfig !== undefined;
  if (!isCustom && Domain.includes('.')) {
    // Reported by mineiros-io/terraform-aws-cognito-user-pool#69
    throw invalidParameter(
      'The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$',
    );
  }
  if (findDomain(service, Domain)) throw DOMAIN.taken(Domain, pool);
  if (domainsOf(pool).some((other) => (other.CustomDomainConfig !== undefined) === isCustom)) {
    // A pool has one domain of each kind. AWS's text is not known.
    throw invalidParameter('User pool already has a domain configured.');
  }
  // RFC 2606 reserves the name, so that nobody is reached under it
  const CloudFrontDomain = isCustom ? `${Domain}.cloudfront.invalid` : undefined;
  addDocument(pool, DOMAIN, Domain, {
    AWSAccountId: LOCAL_ACCOUNT,
    CloudFrontDistribution: CloudFrontDomain,
    CustomDomainConfig,
    Domain,
    ManagedLoginVersion,
    Routing,
    Status: 'ACTIVE',
    UserPoolId,
  });
  return { CloudFrontDomain, ManagedLoginVersion, Routing };
});
