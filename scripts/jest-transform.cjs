/** Strips types and turns ESM into CommonJS for Jest; `tsc` does the checking. */
const esbuild = require('esbuild');

module.exports = {
  process(source, path) {
    const { code, map } = esbuild.transformSync(source, {
      loader: path.endsWith('ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node20',
      // CommonJS has no import.meta, which scripts find their folder by
      define: { 'import.meta.dirname': '__dirname' },
      // Jest runs import() only behind a Node flag, and `require` needs none
      supported: { 'dynamic-import': false },
      sourcefile: path,
      sourcemap: true,
    });
    return { code, map: JSON.parse(map) };
  },
};
