/** Finds the name that was probably meant when a name was mistyped. */
import { closest, distance } from 'fastest-levenshtein';

/** @returns undefined if no name is close to what was typed */
export function findClosestName(typed: string, names: readonly string[]): string | undefined {
  const name = closest(typed, names);
  // One edit is allowed for a short name, and one in three characters for a longer one.
  const maxEdits = Math.max(1, Math.floor(name.length / 3));
  return distance(typed, name) <= maxEdits ? name : undefined;
}
