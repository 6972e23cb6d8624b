/** GET /error: the page for a user whom the pool cannot send back to an app. */
import { baseHeaders } from '../http/replies.ts';
import type { Visit } from '../http/route.ts';

/** What the page says. Nothing else of its query is shown, because anybody can make a link to it. */
const MEANINGS: Readonly<Record<string, string>> = {
  redirect_mismatch:
    'The redirect_uri or logout_uri of the request is not one of the CallbackURLs or LogoutURLs of the app client, character for character.',
  invalid_client: 'The request names an app client that no pool has.',
  invalid_request: 'The request has no client_id, or has a parameter more than once.',
};

const OTHER = 'The app sent a request that cannot be answered.';

/** Captured: the status. The page of the service is another one. */
export function errorPage({ service, request }: Visit): Response {
  const given = new URL(request.url).searchParams.get('error') ?? '';
  const error = Object.hasOwn(MEANINGS, given) ? given : 'error';
  const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${error}</title></head>
<body><main><h1>${error}</h1><p>${MEANINGS[error] ?? OTHER}</p></main></body>
</html>
`;
  return new Response(page, {
    status: 400,
    headers: {
      ...baseHeaders(service),
      'Content-Type': 'text/html;charset=UTF-8',
      'Content-Security-Policy':
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  });
}
