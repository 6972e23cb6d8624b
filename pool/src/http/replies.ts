/** Makes the replies of the pool: with the headers of the service, and with those that browsers need (CORS). */
import { type ServiceException, statusOf } from '../domain/service-exception.ts';
import type { Service } from '../service/service.ts';

const AWS_JSON = 'application/x-amz-json-1.1';

interface Content {
  /** Undefined is a reply without a body. */
  readonly body: object | undefined;
  readonly status?: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function respond(
  service: Service,
  request: Request,
  { body, status = 200, contentType = AWS_JSON, headers = {} }: Content,
): Response {
  return new Response(body && JSON.stringify(body), {
    status,
    headers: {
      ...baseHeaders(service),
      'Content-Type': contentType,
      ...headers,
      ...(request.headers.has('origin') && {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
      }),
    },
  });
}

/** Makes the reply of a path that is not an operation of AWS. */
export const respondJson = (
  service: Service,
  request: Request,
  body: object,
  more: Omit<Content, 'body' | 'contentType'> = {},
): Response => respond(service, request, { body, contentType: 'application/json', ...more });

export function refuse(service: Service, request: Request, exception: ServiceException): Response {
  const { name, text } = exception;
  return respond(service, request, {
    body: { __type: name, ...(text !== undefined && { message: text }) },
    status: statusOf(exception, service.replyForm.modelledStatuses),
    headers: {
      // The service writes the colon
      'x-amzn-ErrorType': `${name}:`,
      ...(text !== undefined && { 'x-amzn-ErrorMessage': toHeaderText(text) }),
    },
  });
}

/**
 * Makes a text fit in a header. A text can contain what a user or a trigger wrote, but a header is one line of ASCII,
 * and clients limit its length.
 */
const toHeaderText = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 1024);

/** Answers the question of a browser whether a page of another origin may send a request. */
export function preflight(service: Service, request: Request): Response {
  return new Response(null, {
    status: 200,
    headers: {
      ...baseHeaders(service),
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
      'Access-Control-Allow-Headers': request.headers.get('access-control-request-headers') ?? '',
      'Access-Control-Max-Age': '172800',
    },
  });
}

/** The headers of every reply. */
export const baseHeaders = ({ now, random }: Service): Readonly<Record<string, string>> => ({
  Date: new Date(now()).toUTCString(),
  'x-amzn-RequestId': random.uuid(),
});
