/** A store whose entries expire by the pool's clock: for sessions, SECRET_BLOCKs and failures. */
import { fingerprint } from './fingerprint.ts';

export interface ExpiringStore<Value> {
  /** @param lifetimeMs default: that of the store */
  readonly put: (key: string, value: Value, lifetimeMs?: number) => void;
  /** @returns undefined if the key was never put or has been removed */
  readonly get: (key: string) => { readonly value: Value; readonly expired: boolean } | undefined;
  readonly delete: (key: string) => void;
  /** Removes the entries with such a value, those that have expired included. */
  readonly deleteWhere: (isGone: (value: Value) => boolean) => void;
  /** Removes what nobody can ask for any more. `put` does it too, from time to time. */
  readonly sweep: () => void;
  /** The values that have not expired, in the order in which their keys were first put. */
  readonly values: () => readonly Value[];
  /** How many entries are kept, those that have expired included. */
  readonly size: number;
}

interface Entry<Value> {
  readonly value: Value;
  readonly expires: number;
  /** When the entry is removed. */
  readonly forgotten: number;
}

/** How often expired entries are looked for and removed. */
const SWEEP_MS = 60_000;

/**
 * @param remembersExpired whether an expired entry is kept for its lifetime once more, because "expired" and "unknown" have
 *   different refusals
 */
export function createExpiringStore<Value>(
  lifetimeMs: number,
  now: () => number,
  remembersExpired = false,
): ExpiringStore<Value> {
  const entries = new Map<string, Entry<Value>>();
  let nextSweep = 0;
  const sweep = (time: number) => {
    nextSweep = time + SWEEP_MS;
    for (const [key, { forgotten }] of entries) if (time >= forgotten) entries.delete(key);
  };
  return {
    put: (key, value, ms = lifetimeMs) => {
      const time = now();
      if (time >= nextSweep) sweep(time);
      const expires = time + ms;
      entries.set(fingerprint(key), { value, expires, forgotten: remembersExpired ? expires + ms : expires });
    },
    get: (key) => {
      const entry = entries.get(fingerprint(key));
      return entry && { value: entry.value, expired: now() >= entry.expires };
    },
    delete: (key) => void entries.delete(fingerprint(key)),
    deleteWhere: (isGone) => {
      for (const [key, { value }] of entries) if (isGone(value)) entries.delete(key);
    },
    sweep: () => sweep(now()),
    values: () => {
      const time = now();
      return [...entries.values()].filter(({ expires }) => time < expires).map(({ value }) => value);
    },
    get size() {
      return entries.size;
    },
  };
}
