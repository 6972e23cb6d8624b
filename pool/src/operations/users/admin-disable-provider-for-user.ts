/** AdminDisableProviderForUser: removes the link of an external identity, or the password of a user of the pool. */
import { findLinkedUser, identitiesOf, setIdentities } from '../../domain/identities.ts';
import { forgetLinkedAttribute } from '../../domain/linked-attributes.ts';
import { userDoesNotExist } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';
import { OWN_PROVIDER, readProviderIdentity } from './provider-identity.ts';

/** Documented: a user of the pool can then not sign in with the password. Another password is not refused. */
export const adminDisableProviderForUser = poolOperation(
  'AdminDisableProviderForUser',
  { access: 'iam' },
  async (pool, input) => {
    const { providerName, userId } = readProviderIdentity('User', input.User);
    if (providerName === OWN_PROVIDER) {
      const user = findNamedUser(pool, userId);
      pool.users.update(user, { hasPassword: false, verifier: undefined, seedPassword: undefined });
      return {};
    }
    const user = findLinkedUser(pool, providerName, userId);
    if (!user) throw userDoesNotExist();
    const others = identitiesOf(user).filter(
      (each) => each.providerName !== providerName || each.userId !== userId,
    );
    setIdentities(pool, user, others);
    forgetLinkedAttribute(pool, { providerName, userId });
    return {};
  },
);
