/** The kinds of stored configuration. Where a text is AWS's, its source stands beside it; the others are not known. */
import type { CreatedKind, DocumentKind } from '../../domain/documents.ts';
import { invalidParameter, ServiceException } from '../../domain/service-exception.ts';
import type {
  CIMDPolicyType,
  LogDeliveryConfigurationType,
  ManagedLoginBrandingType,
  RiskConfigurationType,
  TermsType,
  UICustomizationType,
  UserImportJobType,
} from '../../model/types.generated.ts';
import type { Pool, PoolState } from '../../service/pool.ts';

const notFound = (text: string) => new ServiceException('ResourceNotFoundException', text);

/** A style of managed login. It belongs to an app client, which descriptions do not name. */
export type KeptBranding = ManagedLoginBrandingType & { readonly ClientId: string };

/** A document without an app client of its own is kept under this id. It is AWS's word. */
export const ALL_CLIENTS = 'ALL';

export const BRANDING: CreatedKind<KeptBranding> = {
  name: 'managedLoginBranding',
  missing: (id) => notFound(`Managed login branding ${id} does not exist.`),
  taken: (id) =>
    new ServiceException(
      'ManagedLoginBrandingExistsException',
      `The app client ${id} has a managed login branding already.`,
    ),
};

export const TERMS: CreatedKind<TermsType> = {
  name: 'terms',
  missing: (id) => notFound(`Terms ${id} do not exist.`),
  taken: (id) => new ServiceException('TermsExistsException', `The app client has ${id} already.`),
};

export const CIMD_POLICY: CreatedKind<CIMDPolicyType> = {
  name: 'cimdPolicy',
  missing: (id) => notFound(`CIMD policy ${id} does not exist.`),
  taken: (id) => invalidParameter(`A CIMD policy with the name ${id} already exists.`),
};

export const IMPORT_JOB: CreatedKind<UserImportJobType> = {
  name: 'userImportJob',
  missing: (id) => notFound(`User import job ${id} does not exist.`),
  taken: (id) => invalidParameter(`User import job ${id} already exists.`),
};

// These are set as a whole. What was never set is described as empty.
export const RISK: DocumentKind<RiskConfigurationType> = { name: 'riskConfiguration' };
export const UI_CUSTOMIZATION: DocumentKind<UICustomizationType> = { name: 'uiCustomization' };
export const LOG_DELIVERY: DocumentKind<LogDeliveryConfigurationType> = { name: 'logDelivery' };

/** The dates of a document that is made now, in seconds. */
export function datesOf({ now }: Pool): { readonly CreationDate: number; readonly LastModifiedDate: number } {
  const seconds = now() / 1000;
  return { CreationDate: seconds, LastModifiedDate: seconds };
}

/**
 * Checks that the app client of a document exists.
 *
 * @throws ServiceException ResourceNotFoundException, with the text that DescribeUserPoolClient was measured to have
 */
export function checkClient(pool: PoolState, clientId: string): void {
  if (!pool.clients.get(clientId)) throw notFound('User pool client does not exist.');
}
