/** What the service adds to the ProviderDetails that it was given, as the model describes it. */
import type { IdentityProviderTypeType } from '../../model/types.generated.ts';

type Details = Readonly<Record<string, string>>;

const GOOGLE: Details = {
  attributes_url: 'https://people.googleapis.com/v1/people/me?personFields=',
  attributes_url_add_attributes: 'true',
  authorize_url: 'https://accounts.google.com/o/oauth2/v2/auth',
  oidc_issuer: 'https://accounts.google.com',
  token_request_method: 'POST',
  token_url: 'https://www.googleapis.com/oauth2/v4/token',
};

/** Those of SAML come from its metadata, and those of Facebook depend on its version. The pool does not sign in through either. */
const ADDED: Readonly<Partial<Record<IdentityProviderTypeType, Details>>> = {
  OIDC: { attributes_url_add_attributes: 'false' },
  Google: GOOGLE,
  LoginWithAmazon: {
    attributes_url: 'https://api.amazon.com/user/profile',
    attributes_url_add_attributes: 'false',
    authorize_url: 'https://www.amazon.com/ap/oa',
    token_request_method: 'POST',
    token_url: 'https://api.amazon.com/auth/o2/token',
  },
  SignInWithApple: {
    attributes_url_add_attributes: 'false',
    authorize_url: 'https://appleid.apple.com/auth/authorize',
    oidc_issuer: 'https://appleid.apple.com',
    token_request_method: 'POST',
    token_url: 'https://appleid.apple.com/auth/token',
  },
};

/** What is given wins. A Google with another issuer is a stand-in, which has none of Google's endpoints. */
export function describedDetails(type: IdentityProviderTypeType | undefined, given: Details): Details {
  const isStandIn =
    type === 'Google' && (given['oidc_issuer'] ?? GOOGLE['oidc_issuer']) !== GOOGLE['oidc_issuer'];
  return isStandIn || type === undefined ? given : { ...ADDED[type], ...given };
}
