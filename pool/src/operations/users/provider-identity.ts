/** How administrators name an identity of an external provider. */
import { invalidParameter } from '../../domain/service-exception.ts';
import type { ProviderUserIdentifierType } from '../../model/types.generated.ts';

/** The provider of the pool's own users. */
export const OWN_PROVIDER = 'Cognito';

/** @throws ServiceException InvalidParameterException. AWS's text for a missing member is not known. */
export function readProviderIdentity(
  member: string,
  { ProviderName, ProviderAttributeValue }: ProviderUserIdentifierType,
): { readonly providerName: string; readonly userId: string } {
  if (ProviderName === undefined || ProviderAttributeValue === undefined || ProviderAttributeValue === '') {
    throw invalidParameter(`${member} requires ProviderName and ProviderAttributeValue`);
  }
  return { providerName: ProviderName, userId: ProviderAttributeValue };
}

/** The user name that a sign-in through the provider makes. */
export const federatedName = (providerName: string, userId: string): string => `${providerName}_${userId}`;
