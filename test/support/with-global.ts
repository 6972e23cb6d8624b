/** Another value of a global in this process, for as long as a function runs. */

/**
 * Runs with another value of `globalThis[name]`, and puts the real one back.
 *
 * @param value undefined takes the global away
 */
export async function withGlobal<T>(name: string, value: unknown, run: () => T | Promise<T>): Promise<T> {
  const real = Object.getOwnPropertyDescriptor(globalThis, name);
  if (!real) throw new Error(`globalThis.${name} is not an own property here`);
  if (value === undefined) Reflect.deleteProperty(globalThis, name);
  else Object.defineProperty(globalThis, name, { value, configurable: true });
  try {
    return await run();
  } finally {
    Object.defineProperty(globalThis, name, real);
  }
}

/** Runs with another source of randomness. */
export const withCrypto = <T>(crypto: unknown, run: () => T | Promise<T>): Promise<T> =>
  withGlobal('crypto', crypto, run);
