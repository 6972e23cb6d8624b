/** Checks that an error shows no secret, however it is printed. */
import { inspect } from 'node:util';

/** @returns everything of an error or another value that a log, a crash report or `JSON.stringify` could show */
export function visible(value: unknown): string {
  const parts = [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxStringLength: null }),
  ];
  parts.push(JSON.stringify(value) ?? '', String(value));
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(error.message, error.stack ?? '', JSON.stringify(Object.values(error)));
  }
  return parts.join('\n');
}

export function expectNoSecret(value: unknown, secrets: readonly string[]): void {
  const shown = visible(value);
  // A very short secret could stand in a text by chance, and an empty one stands in every text
  expect(secrets.filter((secret) => secret.length < 4)).toEqual([]);
  expect(secrets.filter((secret) => shown.toLowerCase().includes(secret.toLowerCase()))).toEqual([]);
}

/**
 * @returns the error that `run` throws or rejects with. The test fails where it does neither, and where the message of one of this
 *   package's errors lacks a part.
 */
export async function errorOf(run: () => unknown): Promise<Error> {
  const error = await thrownBy(run);
  if (!(error instanceof Error)) throw new TypeError(`Not an Error was thrown: ${inspect(error)}`);
  // The message of a ServiceError is the service's
  if (error.name === 'ArgumentError' || error.name === 'ProtocolError') expectWholeText(error.message);
  return error;
}

async function thrownBy(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

/**
 * Messages are put together from parts. If one part is empty, the message ends with a blank or a colon, or has two blanks or two quotes
 * side by side.
 */
function expectWholeText(text: string): void {
  expect(text).toMatch(/^\S.*[^\s:]$/s);
  expect(text).not.toMatch(/ {2}|""|\bundefined\b/);
}
