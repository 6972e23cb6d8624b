/** Whether the revocation of a session also ends the sessions that are linked to it. */
import { mustBe } from '../../errors.ts';

/** `NONE` ends one session, `LINKED` also what is linked to it. Pools without session tracking have no sessions. */
export type AssociatedSessions = 'NONE' | 'LINKED';

/** @throws ArgumentError OPTION_INVALID */
export function checkAssociatedSessions(value: AssociatedSessions | undefined): void {
  if (value === undefined || value === 'NONE' || value === 'LINKED') return;
  throw mustBe('OPTION_INVALID', 'revokeAssociatedSessions', '"NONE" or "LINKED"');
}
