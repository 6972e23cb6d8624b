/** Values under keys that end by the pool's clock: sessions, SECRET_BLOCKs, wrong passwords. */
export interface ExpiringStore<Value> {
  put(key: string, value: Value): void;
  /** Undefined where the key was never there or has been swept. */
  get(key: string): { readonly value: Value; readonly expired: boolean } | undefined;
  delete(key: string): void;
}

/** An expired entry is kept for as long again, so that "expired" and "unknown" can be told apart. */
export function createExpiringStore<Value>(lifetimeMs: number, now: () => number): ExpiringStore<Value> {
  const entries = new Map<string, { value: Value; expires: number }>();
  const sweep = (time: number) => {
    // Insertion order is expiry order
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
