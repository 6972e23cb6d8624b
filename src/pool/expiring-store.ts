/** A store whose entries expire by the pool's clock: for sessions, SECRET_BLOCKs and failures. */
export interface ExpiringStore<Value> {
  put(key: string, value: Value): void;
  /** @returns undefined if the key was never put or has been removed */
  get(key: string): { readonly value: Value; readonly expired: boolean } | undefined;
  delete(key: string): void;
}

/** Keeps an expired entry for its lifetime once more, because "expired" and "unknown" have different refusals. */
export function createExpiringStore<Value>(lifetimeMs: number, now: () => number): ExpiringStore<Value> {
  const entries = new Map<string, { value: Value; expires: number }>();
  const sweep = (time: number) => {
    // All entries have the same lifetime, so the one that was put first expires first
    for (const [key, { expires }] of entries) {
      if (expires + lifetimeMs > time) return;
      entries.delete(key);
    }
  };
  return {
    put: (key, value) => {
      const time = now();
      sweep(time);
      entries.set(key, { value, expires: time + lifetimeMs });
    },
    get: (key) => {
      const entry = entries.get(key);
      return entry && { value: entry.value, expired: now() >= entry.expires };
    },
    delete: (key) => void entries.delete(key),
  };
}
