/** ListWebAuthnCredentials: describes the passkeys of the user, page by page. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { pageOf } from '../../domain/paging.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { Passkey } from '../../domain/user.ts';
import type { WebAuthnCredentialDescription } from '../../model/types.generated.ts';
import { poolOperation } from '../operation.ts';

/** The largest page in AWS's model. */
const LARGEST_LIST = 20;

export const listWebAuthnCredentials = poolOperation(
  'ListWebAuthnCredentials',
  { access: 'token' },
  async (pool, input) => {
    const { user } = await bearerOf(pool, input.AccessToken);
    const page = pageOf(user.passkeys, ({ createdAt, id }) => ({ time: createdAt, name: id }), {
      list: `passkeys of ${user.sub}`,
      size: input.MaxResults || LARGEST_LIST,
      token: input.NextToken,
      refuse: () => invalidParameter('Invalid NextToken'),
    });
    return {
      Credentials: page.items.map(describePasskey),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
);

/** Makes a WebAuthnCredentialDescription. Times are sent in seconds. */
const describePasskey = (passkey: Passkey): WebAuthnCredentialDescription => ({
  CredentialId: passkey.id,
  FriendlyCredentialName: passkey.name,
  RelyingPartyId: passkey.relyingPartyId,
  ...(passkey.attachment !== undefined && { AuthenticatorAttachment: passkey.attachment }),
  AuthenticatorTransports: passkey.transports,
  CreatedAt: passkey.createdAt / 1000,
});
