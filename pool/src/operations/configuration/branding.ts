/** Styles of managed login: one for each app client. */
import { documentsOf } from '../../domain/documents.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { AssetType, ManagedLoginBrandingType } from '../../model/types.generated.ts';
import type { PoolState } from '../../service/pool.ts';
import { BRANDING, type KeptBranding } from './kinds.ts';

export interface BrandingInput {
  readonly Assets?: readonly AssetType[] | undefined;
  readonly Settings?: Readonly<Record<string, unknown>> | undefined;
  readonly UseCognitoProvidedValues?: boolean | undefined;
}

/** @throws ServiceException InvalidParameterException. The rule is documented, AWS's text is not known. */
export function checkBranding({ Assets, Settings, UseCognitoProvidedValues }: BrandingInput): void {
  if (UseCognitoProvidedValues === true && (Assets !== undefined || Settings !== undefined)) {
    throw invalidParameter('Settings and Assets must be omitted if UseCognitoProvidedValues is true.');
  }
}

export const brandingOfClient = (pool: PoolState, clientId: string): KeptBranding | undefined =>
  documentsOf(pool, BRANDING).find(({ ClientId }) => ClientId === clientId);

export function describeBranding({ ClientId, ...branding }: KeptBranding): ManagedLoginBrandingType {
  return branding;
}
