/**
 * The realm whose globals the local pool and the engine's entry ./verify use, with the packages that are bundled into them.
 * The builds put `realm.Response` in place of `Response`, and so on, so that the sources stay as they are for any runtime.
 *
 * In Jest with jsdom, the globals are those of a browser window that lacks TextEncoder, Response and WebCrypto, and whose
 * Uint8Array differs from the one that Node's WebCrypto returns. There, all of them are taken from Node's own realm, as the
 * environment `jest-fixed-jsdom` does for some. Everywhere else, the realm is the one that this module runs in.
 */

function findRealm() {
  // Reading `Response` would make Node load its fetch, which `in` does not
  const isComplete = 'Response' in globalThis && 'TextEncoder' in globalThis && globalThis.crypto?.subtle;
  // A script that node:vm runs "in this context" runs in the realm of node:vm, and not in that of its caller
  const vm = isComplete ? undefined : globalThis.process?.getBuiltinModule?.('node:vm');
  return vm?.runInThisContext('globalThis') ?? globalThis;
}

export const realm = /* @__PURE__ */ findRealm();
