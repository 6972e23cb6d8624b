/**
 * A storage for which keys are encoded and long values are split. Expo's SecureStore takes only letters, digits, `.`, `-`
 * and `_` in keys, and at most 2048 bytes in a value.
 */
import type { KeyValueStorage } from './key-value-storage.ts';

const VALUE_LIMIT_BYTES = 2048;

/**
 * Encodes a key: a character that the storage may not take becomes `_` and four hexadecimal digits a UTF-16 unit. Two keys
 * never have one encoding. A key of letters, digits, `.` and `-` stays as it is.
 */
const encodeKey = (key: string): string =>
  key.replace(/[^A-Za-z0-9.-]/g, (unit) => `_${`000${unit.charCodeAt(0).toString(16)}`.slice(-4)}`);

/** Parts are written beside the parts of the value before, so that one write of the key changes from these to those. */
type Generation = 'a' | 'b';

/** What stands under the key of a value that is split. */
interface PartList {
  readonly generation: Generation;
  readonly count: number;
}

const PART_LIST = /^CognitoSrpEngine:parts:([ab]):(\d+)$/;

const formatPartList = ({ generation, count }: PartList): string =>
  `CognitoSrpEngine:parts:${generation}:${count}`;

function readPartList(value: string | null | undefined): PartList | undefined {
  const [, generation, count] = PART_LIST.exec(value ?? '') ?? [];
  return generation === undefined
    ? undefined
    : { generation: generation as Generation, count: Number(count) };
}

/** No encoded key looks like this: in those, `_` has hexadecimal digits after it. */
const partKey = (encodedKey: string, generation: Generation, index: number): string =>
  `${encodedKey}_part-${generation}-${index}`;

/**
 * Encodes the keys of a storage and splits its long values. What was kept without this is still read, and is removed by
 * `removeItem`. A plain key that the storage refuses holds nothing.
 */
export function encodedStorage(storage: KeyValueStorage): KeyValueStorage {
  async function readParts(encodedKey: string, { generation, count }: PartList): Promise<string | undefined> {
    let value = '';
    for (let index = 0; index < count; index++) {
      const part = await storage.getItem(partKey(encodedKey, generation, index));
      if (part === null || part === undefined) return undefined;
      value += part;
    }
    return value;
  }

  /** Removes the parts from an index on, also those that an interrupted write has left. */
  async function removeParts(encodedKey: string, generation: Generation, from = 0): Promise<void> {
    for (let index = from; await storage.getItem(partKey(encodedKey, generation, index)); index++) {
      await storage.removeItem(partKey(encodedKey, generation, index));
    }
  }

  async function writeParts(encodedKey: string, parts: readonly string[], generation: Generation) {
    try {
      for (const [index, part] of parts.entries()) {
        await storage.setItem(partKey(encodedKey, generation, index), part);
      }
      await storage.setItem(encodedKey, formatPartList({ generation, count: parts.length }));
    } catch (error) {
      // The first failure is the one to tell.
      await removeParts(encodedKey, generation).catch(() => {});
      throw error;
    }
    await removeParts(encodedKey, generation, parts.length);
  }

  async function readPlain(key: string): Promise<string | undefined> {
    try {
      return (await storage.getItem(key)) ?? undefined;
    } catch {
      return undefined;
    }
  }

  return {
    getItem: async (key) => {
      const encodedKey = encodeKey(key);
      const value = await storage.getItem(encodedKey);
      const partList = readPartList(value);
      if (partList) return readParts(encodedKey, partList);
      return value ?? (encodedKey === key ? undefined : readPlain(key));
    },
    setItem: async (key, value) => {
      const encodedKey = encodeKey(key);
      const before = readPartList(await storage.getItem(encodedKey));
      const parts = splitValue(value);
      // A value that looks like a list of parts would be taken for one.
      if (parts.length > 1 || readPartList(value)) {
        await writeParts(encodedKey, parts, before?.generation === 'a' ? 'b' : 'a');
      } else {
        await storage.setItem(encodedKey, value);
      }
      if (before) await removeParts(encodedKey, before.generation);
    },
    removeItem: async (key) => {
      const encodedKey = encodeKey(key);
      await storage.removeItem(encodedKey);
      await removeParts(encodedKey, 'a');
      await removeParts(encodedKey, 'b');
      if (encodedKey !== key && (await readPlain(key)) !== undefined) await storage.removeItem(key);
    },
  };
}

/** Splits a value into parts that the storage takes, and never within a character. */
function splitValue(value: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let partBytes = 0;
  for (const character of value) {
    const bytes = utf8Length(character);
    if (partBytes + bytes > VALUE_LIMIT_BYTES) {
      parts.push(part);
      part = '';
      partBytes = 0;
    }
    part += character;
    partBytes += bytes;
  }
  return [...parts, part];
}

function utf8Length(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
