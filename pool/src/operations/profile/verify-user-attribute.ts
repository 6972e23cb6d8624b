/** VerifyUserAttribute: marks an address as verified by the code that was sent to it. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { codeExpired } from '../../domain/codes.ts';
import { claimNames } from '../../domain/new-names.ts';
import { poolOperation } from '../operation.ts';
import { checkVerifiable } from './verification-code.ts';

/** A new address that waited for its code replaces the old one. */
export const verifyUserAttribute = poolOperation(
  'VerifyUserAttribute',
  { access: 'token' },
  async (pool, input) => {
    const { user } = await bearerOf(pool, input.AccessToken);
    const { AttributeName: name } = input;
    checkVerifiable(name);
    const code = pool.codes.confirm('VerifyUserAttribute', user.username, input.Code, name);
    const { [name]: pending, ...others } = user.pendingAttributes;
    // What AWS says if the address was changed after the code was sent is not known.
    if (code.to !== (pending ?? user.attributes[name])) throw codeExpired();
    const attributes = { ...user.attributes, [name]: code.to, [`${name}_verified`]: 'true' };
    // Reported (aws-amplify/aws-sdk-ios-samples#104): only here does the service tell that another user has the address
    claimNames(pool, user, attributes, { moves: false, exception: 'AliasExistsException' });
    code.spend();
    pool.users.update(user, { attributes, pendingAttributes: others });
    return {};
  },
);
