/** GET /login: the page that signs users in, and its files. */
import { randomToken } from '../domain/base64url.ts';
import { escapeHtml } from '../domain/escape-html.ts';
import { baseHeaders } from '../http/replies.ts';
import type { Visit } from '../http/route.ts';
import { redirectTo } from '../oauth/authorization-replies.ts';
import type { AuthorizationRequest } from '../oauth/authorization-request.ts';
import { type BrowserVisit, withAuthorizationRequest } from '../oauth/authorization-visit.ts';
import type { Service } from '../service/service.ts';
import { type PageConfig, pageConfigOf } from './page-config.ts';
import { PAGE_FILES } from './page-files.ts';
import { browserCookie, browserOf } from './same-page.ts';

/**
 * Scripts, styles and requests of this page alone. Nothing is inline and nothing is evaluated. A QR code is an image in a `data:`
 * URL. There is no form to send, because the page's script sends everything.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const headersOf = (service: Service, type: string) => ({
  ...baseHeaders(service),
  'Content-Type': type,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
});

/** Shows the page. Its address has the authorization request, so a reload and a bookmark lead to the same app. */
export const showLoginPage = (visit: Visit): Promise<Response> =>
  withAuthorizationRequest(visit, new URL(visit.request.url).searchParams, answer);

function answer({ service, pool, request }: BrowserVisit, { client }: AuthorizationRequest): Response {
  const isKnown = browserOf(request) !== undefined;
  return new Response(htmlOf(pageConfigOf(pool, client)), {
    headers: {
      ...headersOf(service, 'text/html; charset=utf-8'),
      ...(!isKnown && { 'Set-Cookie': browserCookie(request, randomToken(service.random)) }),
    },
  });
}

/** Leads an address of the service to the view of the page that it stands for. */
export const leadTo =
  (view: string) =>
  ({ service, request }: Visit): Response =>
    redirectTo(service, `/login${new URL(request.url).search}#${view}`);

/** @param name the last part of its path */
export const sendPageFile =
  (name: keyof typeof PAGE_FILES) =>
  ({ service }: Visit): Response => {
    const { type, body } = PAGE_FILES[name];
    return new Response(body, { headers: headersOf(service, type) });
  };

/** The texts of the page are set by its script, which knows the languages. The name of the pool may hold anything. */
const htmlOf = (config: PageConfig): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Sign in</title>
    <link rel="icon" href="/login/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/login/page.css">
    <script type="module" src="/login/page.js"></script>
  </head>
  <body>
    <div class="page">
      <div class="column">
        <header><img src="/login/icon.svg" alt="" width="32" height="32"><span>${escapeHtml(config.name)}</span></header>
        <p class="offline" role="status"></p>
        <main data-config="${escapeHtml(JSON.stringify(config))}">
          <noscript><h1>Sign in</h1><p>This page needs JavaScript.</p></noscript>
        </main>
      </div>
    </div>
  </body>
</html>
`;
