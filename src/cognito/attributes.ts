/** User and device attributes: lists of names and values on the wire, records in code. */
import { isRecord, isText } from './json.ts';
import type { AttributeType } from './operations.ts';

export const wireAttributes = (attributes: Readonly<Record<string, string>>): AttributeType[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** @param list as it came; what is no list, or no attribute in it, is none */
export const attributesOf = (list: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (Array.isArray(list) ? list : [])
      .filter((item) => isRecord(item) && isText(item['Name']))
      .map(({ Name, Value }) => [Name, String(Value ?? '')]),
  );
