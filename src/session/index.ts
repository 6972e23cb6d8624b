/**
 * Entry `cognito-srp-engine/session`: a session that an application can follow. It needs no other package.
 *
 * @module cognito-srp-engine/session
 */
export type { CallOptions } from '../cognito/client/call-options.ts';
export type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
export type { Timers } from './refresh-timer.ts';
export { createSession } from './session.ts';
export type { Session, SessionInput, SignedOut, SignOutInput } from './session-types.ts';
export type { SessionEvent, SessionSnapshot, SessionUser, SignedOutReason } from './snapshot.ts';
export type { TabChannel } from './tabs.ts';
