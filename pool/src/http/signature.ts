/** The signature of an administrator's request (Signature Version 4). */
import { sha256 } from '@noble/hashes/sha2.js';
import { ServiceException } from '../domain/service-exception.ts';

const PARAMETERS = {
  Credential: /^Credential=./,
  // What AWS says of a signature that is not in hexadecimal digits is not known. Here it counts as missing.
  Signature: /^Signature=[0-9a-f]+$/,
  SignedHeaders: /^SignedHeaders=./,
};

/**
 * Checks only the form of a signature, because the pool has no AWS credentials to compute it with. AWS demands a date besides, which is
 * part of what is signed. The pool does without, so that headers can be written by hand. Its refusals name a missing date, as AWS's do.
 *
 * @throws ServiceException MissingAuthenticationTokenException without the header, and IncompleteSignatureException if it lacks a parameter
 */
export function checkSignatureForm(headers: Headers): void {
  const authorization = headers.get('authorization');
  if (!authorization) {
    throw new ServiceException('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [scheme, ...rest] = authorization.split(/[ ,]+/);
  const given = scheme === 'AWS4-HMAC-SHA256' ? rest : [];
  const missing = Object.entries(PARAMETERS).filter(([, form]) => !given.some((part) => form.test(part)));
  if (missing.length === 0) return;
  const hasDate = headers.has('x-amz-date') || headers.has('date');
  const sentences = [
    ...missing.map(([name]) => `Authorization header requires '${name}' parameter.`),
    ...(hasDate
      ? []
      : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
    `(Hashed with SHA-256 and encoded with Base64) Authorization=${hashOf(authorization)}`,
  ];
  throw new ServiceException('IncompleteSignatureException', sentences.join(' '));
}

const hashOf = (text: string): string => btoa(String.fromCharCode(...sha256(new TextEncoder().encode(text))));
