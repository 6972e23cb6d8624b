/** What a value that came as JSON is. */

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string that is not empty. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

export const isStringMap = (value: unknown): value is Readonly<Record<string, string>> =>
  isRecord(value) && isTexts(Object.values(value));
