/** Checks and conversions of the values that travel between a caller, this package and the service. */
import { fromBase64, toBase64 } from '#encoding';
import { mustBe } from '../errors.ts';
import { requireObject } from '../required-input.ts';

/** A JSON object: neither null nor an array. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isNonEmptyString = (value: unknown): value is string =>
  typeof value === 'string' && value !== '';

/** An array of strings. Its strings may be empty. */
export const isStringArray = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** An object whose values are strings. Its strings may be empty. */
export const isStringMap = (value: unknown): value is Readonly<Record<string, string>> =>
  isRecord(value) && isStringArray(Object.values(value));

/**
 * A text of the service. Some servers write a number or a boolean in its place. Anything else is no text, and `String` itself would throw
 * for some of it, such as `{"toString":1}`.
 *
 * @returns the empty text for anything else
 */
export const scalarText = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';

/** @returns undefined for a text that is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads an own property, so that a name such as `constructor` finds nothing.
 *
 * @param record as it came from JSON
 */
export const ownProperty = <Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);

/** What every function takes that acts for a signed-in user. */
export interface AccessTokenInput {
  /** The user's access token: `step.tokens.accessToken`, or what a token keeper gives. */
  readonly accessToken: string;
}

/**
 * A code without blanks: people type "123 456", and copy codes together with the blanks around them.
 *
 * @param field the caller's name for the code
 * @throws ArgumentError ANSWER_INVALID if nothing but blanks is in it
 */
export function codeWithoutBlanks(input: { readonly code: string }, field = 'code'): string {
  const { code: given } = requireObject(input, 'input');
  const code = typeof given === 'string' ? given.replace(/\s/g, '') : '';
  if (code !== '') return code;
  throw mustBe('ANSWER_INVALID', field, 'the code the user was sent');
}

/** AWS's JSON has seconds since the epoch. The AWS SDK turns them into a Date. */
export function toEpochMillis(date: unknown): number | undefined {
  if (date instanceof Date) return date.getTime();
  return typeof date === 'number' ? date * 1000 : undefined;
}

/** An attribute as the wire has it. */
export interface AttributeType {
  readonly Name: string;
  readonly Value: string;
}

/**
 * User attributes as the wire's list of names and values.
 *
 * @param field the caller's name for the attributes
 * @throws ArgumentError OPTION_INVALID unless they are an object of strings
 */
export function toAttributeList(
  attributes: Readonly<Record<string, string>>,
  field = 'attributes',
): AttributeType[] {
  if (!isStringMap(attributes)) throw mustBe('OPTION_INVALID', field, 'an object of strings');
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** The wire's list of user or device attributes as a record. Items without a name are left out. */
export function fromAttributeList(list: unknown): Readonly<Record<string, string>> {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const named = items.filter(isRecord).filter(({ Name }) => isNonEmptyString(Name));
  return Object.fromEntries(named.map(({ Name, Value }) => [Name, scalarText(Value)]));
}

/** Bytes as base64url without padding (RFC 4648 §5): how JWTs and WebAuthn write bytes. */
export const toBase64url = (bytes: Uint8Array): string =>
  toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** @returns undefined if `text` is not base64url, or is empty */
export function fromBase64url(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string' || !/^[\w-]+$/.test(text)) return undefined;
  return fromBase64(text);
}
