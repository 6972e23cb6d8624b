/** GET /confirmUser: the address of a link in an e-mail. It confirms a new user, and says so on a plain page. */

import { escapeHtml } from '../domain/escape-html.ts';
import { ServiceException } from '../domain/service-exception.ts';
import { baseHeaders } from '../http/replies.ts';
import type { Visit } from '../http/route.ts';
import { confirmSignUp } from '../operations/sign-up/confirm-sign-up.ts';
import { poolForRequest } from '../service/pool.ts';
import { poolOfClient, type Service } from '../service/service.ts';
import { withoutSecrets } from './managed-client.ts';

/**
 * Runs ConfirmSignUp with `client_id`, `user_name` and `confirmation_code`. The link has no SECRET_HASH, so none is asked for. The texts
 * and the status of a refusal are not known of AWS.
 */
export async function confirmUser({ service, request, notes }: Visit): Promise<Response> {
  const { searchParams, origin } = new URL(request.url);
  const read = (name: string) => searchParams.get(name) ?? '';
  const state = poolOfClient(service, read('client_id'));
  const client = state?.clients.get(read('client_id'));
  if (!state || !client) {
    const reason = 'No pool has this client';
    notes.refusedWith({ error: 'invalid_client', message: undefined, reason });
    return page(service, 400, 'Not confirmed', 'The link names an app client that no pool has.');
  }
  notes.about(state);
  const pool = poolForRequest(state, service, origin, request.signal);
  try {
    await confirmSignUp.answerOn(withoutSecrets(pool, client), {
      ClientId: client.ClientId,
      Username: read('user_name'),
      ConfirmationCode: read('confirmation_code'),
    });
  } catch (error) {
    if (!(error instanceof ServiceException) || error.name === 'InternalErrorException') throw error;
    notes.refused(error);
    return page(service, 400, 'Not confirmed', error.text ?? error.name);
  }
  return page(service, 200, 'Confirmed', 'Your account is confirmed. You can sign in now.');
}

function page(service: Service, status: number, title: string, text: string): Response {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${escapeHtml(text)}</p></main></body>
</html>
`;
  return new Response(html, {
    status,
    headers: {
      ...baseHeaders(service),
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  });
}
