/** AdminLinkProviderForUser: links an identity of an external provider to a user. */
import { findDocument } from '../../domain/documents.ts';
import { findLinkedUser, identitiesOf, setIdentities } from '../../domain/identities.ts';
import { IDENTITY_PROVIDER } from '../../domain/identity-providers.ts';
import { keepLinkedAttribute } from '../../domain/linked-attributes.ts';
import { invalidParameter, ServiceException } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';
import { federatedName, OWN_PROVIDER, readProviderIdentity } from './provider-identity.ts';

/** Documented. */
const MOST_IDENTITIES = 5;

/**
 * The provider does not have to be one of the pool. The type of one that the pool does not have is shown as its name, as that of a
 * social provider is.
 */
export const adminLinkProviderForUser = poolOperation(
  'AdminLinkProviderForUser',
  { access: 'iam' },
  async (pool, input) => {
    const destination = readProviderIdentity('DestinationUser', input.DestinationUser);
    const { providerName, userId } = readProviderIdentity('SourceUser', input.SourceUser);
    const user = findNamedUser(
      pool,
      destination.providerName === OWN_PROVIDER
        ? destination.userId
        : federatedName(destination.providerName, destination.userId),
    );
    // AWS's text is not known
    if (providerName === OWN_PROVIDER) throw invalidParameter('SourceUser must be of an external provider');
    if (pool.users.find(federatedName(providerName, userId))) {
      throw invalidParameter(
        'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
      );
    }
    if (findLinkedUser(pool, providerName, userId)) {
      throw invalidParameter('SourceUser is already linked to DestinationUser');
    }
    const identities = identitiesOf(user);
    if (identities.length >= MOST_IDENTITIES) {
      // AWS's text is not known
      throw new ServiceException('LimitExceededException', 'A user can have five linked identities.');
    }
    const added = {
      userId,
      providerName,
      providerType: findDocument(pool, IDENTITY_PROVIDER, providerName)?.ProviderType ?? providerName,
      issuer: null,
      primary: false,
      dateCreated: pool.now(),
    };
    setIdentities(pool, user, [...identities, added]);
    keepLinkedAttribute(pool, added, input.SourceUser.ProviderAttributeName);
    return {};
  },
);
