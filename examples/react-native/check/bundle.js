/** Bundles an entry by Metro as a release build for Hermes does: `node check/bundle.js ENTRY OUT`. */
import { createRequire } from 'node:module';

// Metro is CommonJS, and its default export is an object
const Metro = createRequire(import.meta.url)('metro');
const [entry, out] = process.argv.slice(2);
const config = await Metro.loadConfig({ config: 'metro.config.cjs' });
await Metro.runBuild(
  { ...config, reporter: { update: () => {} } },
  {
    entry,
    bundleOut: out,
    platform: 'android',
    dev: false,
    minify: false,
    unstable_transformProfile: 'hermes-stable',
  },
);
