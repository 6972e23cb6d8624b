/** The domains of a pool, kept among its documents. A domain belongs to one pool of the service. */
import { type CreatedKind, findDocument } from '../../domain/documents.ts';
import { DOMAIN_KIND, type Domain } from '../../domain/domains.ts';
import { invalidParameter, type ServiceException } from '../../domain/service-exception.ts';
import type { Service } from '../../service/service.ts';

/** The version of the hosted UI (classic), which is documented as the default, and as the only one of the tier LITE. */
export const CLASSIC = 1;

/** Reported for DeleteUserPoolDomain. For UpdateUserPoolDomain AWS's text is not known. */
const noSuchDomain = (): ServiceException => invalidParameter('No such domain or user pool exists.');

export const DOMAIN: CreatedKind<Domain> = {
  ...DOMAIN_KIND,
  missing: noSuchDomain,
  // Reported by aws-samples/aws-cdk-examples#402
  taken: () => invalidParameter('Domain already associated with another user pool.'),
};

/** Finds a domain in whichever pool has it. */
export function findDomain({ pools }: Service, name: string): Domain | undefined {
  for (const pool of pools.values()) {
    const domain = findDocument(pool, DOMAIN, name);
    if (domain) return domain;
  }
  return undefined;
}
