/** Calls of the API that the engine does not have, as an administrator sends them. */

const HEADERS = {
  'content-type': 'application/x-amz-json-1.1',
  // The pool looks at the form of a signature alone
  authorization: `AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
};

/**
 * @returns the operation's output
 * @throws an Error whose `code` is the name of the exception, or NO_REPLY
 */
export async function callApi(endpoint, operation, input, { fetch, headers = HEADERS, path = '/' }) {
  let response;
  let body;
  try {
    response = await fetch(`${endpoint}${path}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: { ...headers, 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
    });
    body = JSON.parse((await response.text()) || '{}');
  } catch (cause) {
    throw Object.assign(new Error(`${operation} has no reply`, { cause }), { code: 'NO_REPLY' });
  }
  if (response.status === 200) return body;
  throw Object.assign(new Error(`${operation}: ${body.message}`), {
    code: body.__type ?? `HTTP_${response.status}`,
  });
}
