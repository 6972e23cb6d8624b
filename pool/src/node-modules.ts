/**
 * Finds the modules of Node where there are any. The entry runs in browsers and workers, too, so it must not import them:
 * bundlers for the web refuse a module that imports `node:http`, even if that import is never reached.
 */

/** The part of Node's `process` that is needed here. Bun and Deno have it, too. */
type GetBuiltinModule = typeof process.getBuiltinModule;

/**
 * @param purpose what needs the module, for the message: `listen`
 * @returns `process.getBuiltinModule`, which Node has since 20.16
 * @throws Error if this runtime has no modules of Node
 */
export function nodeModules(purpose: string): GetBuiltinModule {
  const { process: host } = globalThis as {
    readonly process?: { readonly getBuiltinModule?: GetBuiltinModule };
  };
  if (host?.getBuiltinModule === undefined) {
    throw new Error(
      `"${purpose}" needs Node 20.16 or later, Bun or Deno. Use "fetch" here, which runs everywhere`,
    );
  }
  return host.getBuiltinModule;
}
