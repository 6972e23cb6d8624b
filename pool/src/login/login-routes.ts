/** The paths of managed login: the page, what it calls, and the addresses of the service that lead to its views. */
import type { Route } from '../http/route.ts';
import { confirmUser } from './confirm-user.ts';
import { finishLogin } from './finish-login.ts';
import { answerLoginApi } from './login-api.ts';
import { leadTo, sendPageFile, showLoginPage } from './login-page.ts';

export const LOGIN_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/login', answer: showLoginPage },
  { method: 'POST', path: '/login', answer: finishLogin },
  { method: 'POST', path: '/login/api', answer: answerLoginApi },
  { method: 'GET', path: '/login/page.js', answer: sendPageFile('page.js') },
  { method: 'GET', path: '/login/page.css', answer: sendPageFile('page.css') },
  { method: 'GET', path: '/login/icon.svg', answer: sendPageFile('icon.svg') },
  { method: 'GET', path: '/signup', answer: leadTo('sign-up') },
  { method: 'GET', path: '/forgotPassword', answer: leadTo('forgot-password') },
  // Documented with these letters, in the table of triggers of managed login
  { method: 'GET', path: '/forgotpassword', answer: leadTo('forgot-password') },
  { method: 'GET', path: '/confirmuser', answer: leadTo('confirm-sign-up') },
  { method: 'GET', path: '/confirmforgotpassword', answer: leadTo('reset-password') },
  { method: 'GET', path: '/confirmUser', answer: confirmUser },
];
