/** Identity providers: where users of other systems sign in. */
import type { IdentityProviderType } from '../model/types.generated.ts';
import type { PoolState } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { type CreatedKind, documentsOf } from './documents.ts';
import { ServiceException } from './service-exception.ts';

// AWS's texts are not known
export const IDENTITY_PROVIDER: CreatedKind<IdentityProviderType> = {
  name: 'identityProvider',
  missing: (id) =>
    new ServiceException('ResourceNotFoundException', `Identity provider ${id} does not exist.`),
  taken: (id) =>
    new ServiceException('DuplicateProviderException', `A provider with the name ${id} already exists.`),
};

/** Finds the identity provider that has the identifier, by which a sign-in page can name it. */
export const findByIdentifier = (pool: PoolState, identifier: string): IdentityProviderType | undefined =>
  documentsOf(pool, IDENTITY_PROVIDER).find(({ IdpIdentifiers = [] }) => IdpIdentifiers.includes(identifier));

/** Whether users of a provider may sign in. A client without the setting has users of the pool itself alone, who are of `COGNITO`. */
export const acceptsProvider = ({ SupportedIdentityProviders: names = [] }: Client, name: string): boolean =>
  names.length === 0 ? name === 'COGNITO' : names.includes(name);
