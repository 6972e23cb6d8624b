/** The relying party of passkeys: that of the settings, or else a domain of the pool. */
import type { Pool } from '../service/pool.ts';
import { domainsOf } from './domains.ts';

/** Earlier versions registered passkeys with it in pools that name no relying party. They still sign in. */
const EARLIER_RELYING_PARTY = 'localhost';

/** Finds the relying party id of the settings, or else a domain of the pool: the custom one, or the prefix one. */
export function configuredRelyingParty(pool: Pool): string | undefined {
  if (pool.relyingPartyId !== undefined) return pool.relyingPartyId;
  const domains = domainsOf(pool);
  const custom = domains.find(({ CustomDomainConfig }) => CustomDomainConfig !== undefined);
  if (custom) return custom.Domain;
  const [prefix] = domains;
  return prefix && `${prefix.Domain}.auth.${pool.region}.amazoncognito.com`;
}

export const relyingPartyOf = (pool: Pool): string => configuredRelyingParty(pool) ?? EARLIER_RELYING_PARTY;
