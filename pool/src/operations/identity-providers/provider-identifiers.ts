/** The identifiers of identity providers: each names one provider of the pool. */

import { findByIdentifier } from '../../domain/identity-providers.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import type { PoolState } from '../../service/pool.ts';

export interface IdentifiedProvider {
  readonly ProviderName: string;
  readonly IdpIdentifiers?: readonly string[] | undefined;
}

/** @throws ServiceException DuplicateProviderException. AWS's text is not known. */
export function checkIdentifiers(
  pool: PoolState,
  { ProviderName, IdpIdentifiers = [] }: IdentifiedProvider,
): void {
  for (const identifier of IdpIdentifiers) {
    const other = findByIdentifier(pool, identifier);
    if (other === undefined || other.ProviderName === ProviderName) continue;
    throw new ServiceException(
      'DuplicateProviderException',
      `A provider with the identifier ${identifier} already exists.`,
    );
  }
}
