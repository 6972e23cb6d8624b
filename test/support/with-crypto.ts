/** Another source of randomness in this process, for as long as a function runs. */

/** Runs with another `globalThis.crypto`, and puts the real one back. */
export async function withCrypto<T>(crypto: unknown, run: () => T | Promise<T>): Promise<T> {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  if (!real) throw new Error('globalThis.crypto is not an own property here');
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  try {
    return await run();
  } finally {
    Object.defineProperty(globalThis, 'crypto', real);
  }
}
