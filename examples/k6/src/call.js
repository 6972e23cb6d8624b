/** Sends one operation by k6's own HTTP, because k6 has no fetch. It is a `Transport` of the engine. */
import http from 'k6/http';
import { endpoint } from './pool.js';

/**
 * @param {string} operation `InitiateAuth`, `RespondToAuthChallenge`, …
 * @param {object} input in AWS's names
 * @returns the operation's output
 * @throws {import('cognito-srp-engine').TransportRefusal} if the service refuses
 */
export async function call(operation, input) {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
  };
  // The tag names the operation in k6's figures, because all operations have one address
  const params = { headers, tags: { name: operation } };
  const response = await http.asyncRequest('POST', `${endpoint}/`, JSON.stringify(input), params);
  // Status 0 is k6's word for no answer
  if (response.status === 0) throw new Error(response.error);
  const output = response.json();
  if (response.status === 200) return output;
  const $metadata = { httpStatusCode: response.status };
  throw Object.assign(new Error(output.message), { name: output.__type, $metadata });
}
