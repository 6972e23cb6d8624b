/** The relying party of passkeys: that of the settings, or else a domain of the pool. */
import type { Pool } from '../service/pool.ts';
import type { PoolSettings } from '../settings/pool-settings.ts';
import { domainsOf } from './domains.ts';
import type { Passkey } from './user.ts';

/** Earlier versions registered passkeys for it in pools whose settings name no relying party. */
const LOCALHOST = 'localhost';

/** Finds the relying party id of the settings, or else a domain of the pool: the custom one, or the prefix one. */
export function configuredRelyingParty(pool: Pool): string | undefined {
  if (pool.relyingPartyId !== undefined) return pool.relyingPartyId;
  const domains = domainsOf(pool);
  const custom = domains.find(({ CustomDomainConfig }) => CustomDomainConfig !== undefined);
  if (custom) return custom.Domain;
  const [prefix] = domains;
  return prefix && `${prefix.Domain}.auth.${pool.region}.amazoncognito.com`;
}

/**
 * Finds the relying party that a sign-in asks the browser for. A browser takes one at a time, so it is that of the pool if a passkey was
 * registered for it, and else that of the newest passkey.
 *
 * @param passkeys of the user
 */
export function relyingPartyToAsk(pool: Pool, passkeys: readonly Passkey[]): string {
  const ofPool = configuredRelyingParty(pool);
  const newest = passkeys.at(-1)?.relyingPartyId;
  if (ofPool !== undefined && passkeys.some(({ relyingPartyId }) => relyingPartyId === ofPool)) return ofPool;
  return newest ?? ofPool ?? LOCALHOST;
}

/** The relying party of passkeys that were kept without one. Earlier versions knew only that of the settings, and no domain. */
export const earlierRelyingParty = ({ mfa }: PoolSettings): string =>
  mfa.WebAuthnConfiguration?.RelyingPartyId ?? LOCALHOST;
