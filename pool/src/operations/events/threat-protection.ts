/** Threat protection, whose events administrators read. The pool judges no risk, so it is only on or off. */
import { ServiceException } from '../../domain/service-exception.ts';
import type { Pool } from '../../service/pool.ts';

/** @throws ServiceException UserPoolAddOnNotEnabledException. AWS's text is not known. */
export function assertThreatProtection({ settings }: Pool): void {
  const { AdvancedSecurityMode: mode = 'OFF' } = settings.userPool.UserPoolAddOns ?? {};
  if (mode !== 'OFF') return;
  throw new ServiceException('UserPoolAddOnNotEnabledException', 'User pool add-on not enabled');
}
