/**
 * Runs a bundle as k6 does, as far as this example needs it: in a global scope that has what k6 gives and nothing of Node, with stand-ins
 * for the modules of k6. It shows that the bundle is whole and signs in. What k6's own engine makes of it, k6.test.js shows.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { transformSync } from 'esbuild';

/**
 * @param {string} path of the bundle
 * @param {Record<string, string>} env what `k6 run -e` gives
 * @param {number} iterations
 * @returns the modules that the bundle asks for, and the values of each metric
 */
export async function runBundle(path, env, iterations) {
  const metrics = {};
  class Metric {
    constructor(name) {
      this.values = [];
      metrics[name] = this.values;
    }
    add(value, tags) {
      this.values.push(tags ? tags.outcome : value);
    }
  }
  const scenario = { iterationInTest: 0 };
  const modules = {
    'k6/http': { asyncRequest },
    'k6/crypto': { randomBytes: (length) => Uint8Array.from(randomBytes(length)).buffer },
    'k6/execution': { scenario },
    'k6/metrics': { Counter: Metric, Rate: Metric, Trend: Metric },
  };
  const asked = [];
  const module = { exports: {} };
  const require = (name) => {
    asked.push(name);
    return { ...modules[name], default: modules[name], __esModule: true };
  };
  const { code } = transformSync(readFileSync(path, 'utf8'), { format: 'cjs' });
  const context = vm.createContext({
    module,
    exports: module.exports,
    require,
    __ENV: env,
    setTimeout,
    clearTimeout,
  });
  vm.runInContext(code, context, { filename: path });
  for (; scenario.iterationInTest < iterations; scenario.iterationInTest += 1) await module.exports.default();
  return { asked: [...new Set(asked)].sort(), options: module.exports.options, metrics };
}

async function asyncRequest(method, url, body, { headers }) {
  try {
    const response = await fetch(url, { method, body, headers });
    const text = await response.text();
    return { status: response.status, json: () => JSON.parse(text) };
  } catch (error) {
    return { status: 0, error: String(error.cause ?? error) };
  }
}
