/** Reads the members of a trigger's response. Users write triggers, so no member need have its type. */
import type { LambdaResponse } from './lambda-event.ts';
import { unrecognizable } from './run-trigger.ts';

/** A member that is null counts as absent, because the response of the event begins with nulls. */
const memberOf = (response: LambdaResponse, name: string): unknown => response[name] ?? undefined;

/** @throws ServiceException InvalidLambdaResponseException if the member is neither absent nor a boolean */
export function readFlag(response: LambdaResponse, name: string): boolean {
  const value = memberOf(response, name);
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw unrecognizable();
  return value;
}

/** @throws ServiceException InvalidLambdaResponseException if the member is neither absent nor a string */
export function readText(response: LambdaResponse, name: string): string | undefined {
  const value = memberOf(response, name);
  if (value === undefined || typeof value === 'string') return value;
  throw unrecognizable();
}

/** @throws ServiceException InvalidLambdaResponseException if the member is neither absent nor a list of strings */
export function readTextList(response: LambdaResponse, name: string): readonly string[] | undefined {
  const value = memberOf(response, name);
  if (value === undefined || isTextList(value)) return value;
  throw unrecognizable();
}

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** @throws ServiceException InvalidLambdaResponseException if the member is neither absent nor an object */
export function readObject(response: LambdaResponse, name: string): LambdaResponse | undefined {
  const value = memberOf(response, name);
  if (value === undefined || isObject(value)) return value;
  throw unrecognizable();
}

const isObject = (value: unknown): value is LambdaResponse =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws ServiceException InvalidLambdaResponseException if the member is neither absent nor an object of strings */
export function readTexts(
  response: LambdaResponse,
  name: string,
): Readonly<Record<string, string>> | undefined {
  const value = readObject(response, name);
  if (value === undefined || isTexts(value)) return value;
  throw unrecognizable();
}

const isTexts = (value: LambdaResponse): value is Readonly<Record<string, string>> =>
  Object.values(value).every((each) => typeof each === 'string');
