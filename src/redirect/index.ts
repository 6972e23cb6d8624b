/**
 * Entry `cognito-srp-engine/redirect`: sign-in by redirect, through the login page of the user pool's domain or another provider. It
 * needs the package `oauth4webapi`, which is installed beside this one.
 *
 * @module cognito-srp-engine/redirect
 */
export type { Claims } from '../cognito/claims.ts';
export type { CallOptions } from '../cognito/client/call-options.ts';
export type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
export type { SignedIn, Tokens } from '../cognito/sign-in/step.ts';
export type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
export type { CookieStorageOptions } from '../cookies/cookie-storage.ts';
export { type BeginRedirectInput, beginRedirectSignIn } from './begin.ts';
export {
  type CompleteRedirectInput,
  completeRedirectSignIn,
  isRedirectCallback,
  type RedirectedSignIn,
} from './complete.ts';
export type { RedirectDomain } from './redirect-domain.ts';
export { type RefreshRedirectInput, refreshRedirectTokens } from './refresh.ts';
export {
  createRedirectHandlers,
  type RedirectHandlers,
  type RedirectHandlersInput,
} from './server-handlers.ts';
export { type RedirectSignOutInput, redirectSignOutUrl } from './sign-out-url.ts';
