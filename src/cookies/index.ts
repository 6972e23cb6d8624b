/**
 * Entry `cognito-srp-engine/cookies`: a storage over the cookies of a request and its response, for servers. It needs no other
 * package.
 *
 * @module cognito-srp-engine/cookies
 */
export type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
export type { CookieAttributes } from './cookie-header.ts';
export { type CookieJar, type CookieStorageOptions, cookieStorage } from './cookie-storage.ts';
export {
  type FetchCookies,
  fetchCookies,
  type NodeRequest,
  type NodeResponse,
  nodeCookies,
} from './request-cookies.ts';
