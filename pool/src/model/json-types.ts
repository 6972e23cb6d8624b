/**
 * Tells the JSON types apart, and refuses the wrong one. Reported of this service: "Expected map or null"
 * (aws-amplify/amplify-js#4738) and "Start of structure or map found where not expected." (aws-amplify/amplify-js#5165).
 * The other texts are what services with the same protocol say, or made after them.
 */
import { ServiceException } from '../domain/service-exception.ts';

const serialization = (text: string) => new ServiceException('SerializationException', text);

export const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** @throws ServiceException SerializationException */
export function asRecord(json: unknown, expected: 'map' | 'structure'): Readonly<Record<string, unknown>> {
  if (isRecord(json)) return json;
  throw serialization(`Expected ${expected} or null`);
}

/** `JSON.parse` reads thousands of levels for which `JSON.stringify` has no stack, so the pool could not answer with them. AWS's limit is not known. */
const MAX_DOCUMENT_LEVELS = 100;

/**
 * An object of any members.
 *
 * @throws ServiceException SerializationException
 */
export function asDocument(json: unknown): Readonly<Record<string, unknown>> {
  const document = asRecord(json, 'structure');
  if (hasLevels(document, MAX_DOCUMENT_LEVELS)) return document;
  throw serialization(`Documents with more than ${MAX_DOCUMENT_LEVELS} levels are not supported`);
}

/** Whether there are at most so many objects and lists inside of each other. */
const hasLevels = (json: unknown, most: number): boolean =>
  typeof json !== 'object' ||
  json === null ||
  (most > 0 && Object.values(json).every((member) => hasLevels(member, most - 1)));

/** @throws ServiceException SerializationException */
export function asList(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw serialization('Expected list or null');
}

function notConverted(json: unknown, type: string) {
  if (isRecord(json)) return serialization('Start of structure or map found where not expected.');
  if (Array.isArray(json)) return serialization('Start of list found where not expected.');
  const token = typeof json === 'boolean' ? String(json) : typeof json;
  return serialization(`${token.toUpperCase()}_VALUE can not be converted to ${type}`);
}

/** @throws ServiceException SerializationException */
export function asString(json: unknown): string {
  if (typeof json === 'string') return json;
  throw notConverted(json, 'a String');
}

/** @throws ServiceException SerializationException */
export function asInteger(json: unknown): number {
  if (typeof json === 'number' && Number.isSafeInteger(json)) return json;
  throw notConverted(json, 'an Integer');
}

/** @throws ServiceException SerializationException */
export function asNumber(json: unknown): number {
  if (typeof json === 'number') return json;
  throw notConverted(json, 'a Number');
}

/** @throws ServiceException SerializationException */
export function asBoolean(json: unknown): boolean {
  if (typeof json === 'boolean') return json;
  throw notConverted(json, 'a Boolean');
}

/** @throws ServiceException SerializationException if it is not a text in base64 */
export function asBase64(json: unknown): string {
  const text = asString(json);
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return text;
  throw serialization('The text is not base64');
}
