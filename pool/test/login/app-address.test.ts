/** Where the page of managed login goes at the end: to the app, and never to a URL that would run in the page. */
import { appAddress } from '../../login-page/app-address.ts';

const PAGE = 'http://localhost:9229/login?client_id=web';

test.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'https://',
])('refuses %s', (url) => {
  expect(appAddress(url, PAGE)).toBeUndefined();
});

test.each([
  ['https://app.example/callback?code=1', 'https://app.example/callback?code=1'],
  ['com.example.app:/callback#access_token=1', 'com.example.app:/callback#access_token=1'],
  ['/error?error=redirect_mismatch', 'http://localhost:9229/error?error=redirect_mismatch'],
])('goes to %s', (url, target) => {
  expect(appAddress(url, PAGE)).toBe(target);
});
