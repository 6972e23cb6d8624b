/** Loads a TypeScript file with its imports in one or the other build of the package. */
const { join } = require('node:path');
const esbuild = require('esbuild');

/**
 * @param {string} file relative to this folder
 * @param {'native' | 'jsbn'} build
 * @param {NodeRequire} requireExternal resolves what is not bundled
 * @param {readonly string[]} external
 */
exports.load = (file, build, requireExternal, external = []) => {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [join(__dirname, file)],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    conditions: build === 'jsbn' ? ['portable'] : [],
    external: [...external],
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(module, module.exports, requireExternal);
  return module.exports;
};
