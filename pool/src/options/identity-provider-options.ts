/** The identity providers among the options: how they are checked, what they are in the pool, and how they are reached. */

import { IDENTITY_PROVIDER } from '../domain/identity-providers.ts';
import { DEFAULT_PROVIDER_SETTINGS, type ProviderSettings } from '../federation/provider-settings.ts';
import { describedDetails } from '../operations/identity-providers/described-details.ts';
import type { StoredDocument } from '../service/pool.ts';
import { ofShape } from './aws-shape.ts';
import { type Checks, list, mapOf, object, oneOf, text } from './checks.ts';
import type { IdentityProviderOptions, UserPoolOptions } from './options.ts';
import { documentEntry } from './pool-record.ts';

const TYPES = ['SAML', 'Facebook', 'Google', 'LoginWithAmazon', 'SignInWithApple', 'OIDC'] as const;
const ANY_TEXT = text(/^/, 'a string');

export const IDENTITY_PROVIDER_OPTIONS = object(
  {
    ProviderName: text(
      /^[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+$/u,
      'a name of three characters or more',
    ),
    ProviderType: oneOf(...TYPES),
    ProviderDetails: mapOf(ANY_TEXT),
    AttributeMapping: mapOf(ANY_TEXT),
    AcrMapping: ofShape('AcrMappingType'),
    IdpIdentifiers: list(text()),
  } satisfies Checks<IdentityProviderOptions>,
  ['ProviderName', 'ProviderType', 'ProviderDetails'],
);

/** @param seconds since the epoch: the date of what the options make */
export const providerDocuments = (
  { identityProviders = [] }: UserPoolOptions,
  UserPoolId: string,
  seconds: number,
): readonly (readonly [key: string, StoredDocument])[] =>
  identityProviders.map((given) => {
    const ProviderDetails = describedDetails(given.ProviderType, given.ProviderDetails);
    const document = {
      UserPoolId,
      ...given,
      ProviderDetails,
      CreationDate: seconds,
      LastModifiedDate: seconds,
    };
    return documentEntry({ kind: IDENTITY_PROVIDER.name, id: given.ProviderName, document });
  });

export function providerSettingsOf({
  identityProviderFetch: fetch = DEFAULT_PROVIDER_SETTINGS.fetch,
  identityProviderIssuers: issuers = DEFAULT_PROVIDER_SETTINGS.issuers,
  identityProviderTimeout: seconds,
}: Pick<
  UserPoolOptions,
  'identityProviderFetch' | 'identityProviderIssuers' | 'identityProviderTimeout'
>): ProviderSettings {
  return {
    fetch,
    issuers,
    timeoutMs: seconds === undefined ? DEFAULT_PROVIDER_SETTINGS.timeoutMs : seconds * 1000,
  };
}
