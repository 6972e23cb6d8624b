/** The domains of a pool, which are kept among its documents. */
import type { DomainDescriptionType } from '../model/types.generated.ts';
import type { PoolState } from '../service/pool.ts';
import { type DocumentKind, documentsOf } from './documents.ts';

export type Domain = DomainDescriptionType & { readonly Domain: string };

export const DOMAIN_KIND: DocumentKind<Domain> = { name: 'domain' };

export const domainsOf = (pool: PoolState): readonly Domain[] => documentsOf(pool, DOMAIN_KIND);
