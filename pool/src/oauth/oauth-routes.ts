/** The paths of the OAuth endpoints. All of them find their pool by what the request names. */
import type { Route } from '../http/route.ts';
import { authorize } from './authorize.ts';
import { discovery } from './discovery.ts';
import { errorPage } from './error-page.ts';
import { logout } from './logout.ts';
import { revoke } from './revoke.ts';
import { token } from './token.ts';
import { userInfo } from './user-info.ts';

export const OAUTH_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/{userPoolId}/.well-known/openid-configuration', answer: discovery },
  { method: 'GET', path: '/oauth2/authorize', answer: authorize },
  { method: 'POST', path: '/oauth2/token', answer: token },
  { method: 'GET', path: '/oauth2/userInfo', answer: userInfo },
  { method: 'POST', path: '/oauth2/userInfo', answer: userInfo },
  { method: 'POST', path: '/oauth2/revoke', answer: revoke },
  { method: 'GET', path: '/logout', answer: logout },
  { method: 'GET', path: '/error', answer: errorPage },
];
