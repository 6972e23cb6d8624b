/** Makes the replies of the endpoints that programs call: JSON that is not kept, and OAuth errors. */
import { baseHeaders } from '../http/replies.ts';
import type { RequestNotes } from '../http/request-log.ts';
import type { Service } from '../service/service.ts';
import { OAuthError } from './oauth-error.ts';

/** RFC 6749 section 5.1 forbids to keep tokens. Documented: every origin may read the reply. */
const HEADERS = {
  'Content-Type': 'application/json;charset=UTF-8',
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
  'Access-Control-Allow-Origin': '*',
};

interface Reply {
  /** Undefined is a reply without a body. */
  readonly body: object | undefined;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function replyToClient(service: Service, { body, status = 200, headers = {} }: Reply): Response {
  const common = baseHeaders(service);
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: {
      ...common,
      'x-amz-cognito-request-id': common['x-amzn-RequestId'] ?? '',
      ...HEADERS,
      ...headers,
    },
  });
}

/**
 * Answers a program, and replies to what is refused with an OAuth error (RFC 6749 section 5.2).
 *
 * @param shape what is different about the reply to an error. Default: the status 400.
 */
export async function answerClient(
  service: Service,
  notes: RequestNotes,
  answer: () => Promise<Reply>,
  shape: (error: OAuthError) => Omit<Reply, 'body'> = () => ({}),
): Promise<Response> {
  try {
    return replyToClient(service, await answer());
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { code, description, reason } = error;
    notes.refusedWith({ error: code, message: description, reason });
    const body = { error: code, ...(description !== undefined && { error_description: description }) };
    return replyToClient(service, { body, status: 400, ...shape(error) });
  }
}
