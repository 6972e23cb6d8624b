/**
 * Merges the chunks that splitting leaves into a few files, because Node takes time for each module that it loads:
 * `npm run bench:before` measures an import.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import esbuild from 'esbuild';
import { root } from './build-steps.mjs';

/**
 * Merges chunks of a build that was written. A chunk that no group has stays as it is.
 *
 * @param outputs of esbuild's metafile
 * @param groups what each merged file is called, and an entry: it has the chunks that the entry loads and no group before it has
 * @param options for esbuild
 */
export async function mergeChunks(outputs, groups, options) {
  const parts = partsOf(outputs, groups);
  const files = Object.keys(outputs).filter((path) => path.endsWith('.js'));
  const codes = await Promise.all(
    files.map(async (file) => {
      const into = parts.get(file)?.target ?? file;
      return [file, withMergedImports(await readFile(join(root, file), 'utf8'), file, into, parts)];
    }),
  );
  const codeOf = new Map(codes);
  for (const target of new Set([...parts.values()].map((part) => part.target))) {
    await writeFile(join(root, target), await mergedFile(target, parts, codeOf, options));
  }
  for (const [file, code] of codes) {
    if (parts.has(file)) await rm(join(root, file));
    else await writeFile(join(root, file), code);
  }
}

/** @returns by chunk, the file that it becomes a part of, and what its names are called there */
function partsOf(outputs, groups) {
  const parts = new Map();
  for (const [name, entry] of Object.entries(groups)) {
    const chunks = loadedBy(outputs, entry).filter((path) => path !== entry && !parts.has(path));
    const target = join(dirname(chunks[0]), `${name}.js`);
    const taken = new Set();
    for (const chunk of chunks) {
      const names = new Map(outputs[chunk].exports.map((exported) => [exported, freeName(exported, taken)]));
      parts.set(chunk, { target, names });
    }
  }
  return parts;
}

/** Finds what a file imports when it is loaded, directly or not, and the file. */
function loadedBy(outputs, file, found = new Set()) {
  found.add(file);
  for (const { path, kind, external } of outputs[file].imports) {
    if (kind === 'import-statement' && !external && !found.has(path)) loadedBy(outputs, path, found);
  }
  return [...found];
}

/** Two chunks may have the same name for different things. */
function freeName(name, taken) {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}${i}`;
  taken.add(free);
  return free;
}

/** An import of names, as esbuild writes it. */
const IMPORT = /^import \{([^}]*)\} from "(\.[^"]+)";\n/gm;

/**
 * Makes the imports of chunks into imports of the merged files.
 *
 * @param into the file that the code becomes a part of. What that has itself is still imported from its chunk.
 */
function withMergedImports(code, file, into, parts) {
  const imported = new Map();
  const rest = code.replace(IMPORT, (statement, list, path) => {
    const part = parts.get(
      relative(root, resolve(root, dirname(file), path))
        .split(sep)
        .join('/'),
    );
    if (!part || part.target === into) return statement;
    const names = list.split(',').map((name) => name.trim().split(' as '));
    const here = names.map(([name, local = name]) => [part.names.get(name), local]);
    imported.set(part.target, [...(imported.get(part.target) ?? []), ...here]);
    return '';
  });
  const statements = [...imported].map(
    ([target, names]) => `import {\n${listOf(names)}\n} from "${pathFrom(file, target)}";\n`,
  );
  return rest.replace(/^(#!.*\n)?/, (shebang) => `${shebang}${statements.join('')}`);
}

const listOf = (names) =>
  names.map(([name, as]) => (name === as ? `  ${name}` : `  ${name} as ${as}`)).join(',\n');

function pathFrom(file, target) {
  const path = relative(dirname(file), target).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** A comment of this form is kept by esbuild. The comments that name the source files become such ones on the way. */
const KEPT = '//! from ';

async function mergedFile(target, parts, codeOf, options) {
  const chunks = [...parts].filter(([, part]) => part.target === target);
  const exports = chunks.map(
    ([chunk, { names }]) => `export {\n${listOf([...names])}\n} from './${basename(chunk)}';`,
  );
  const { outputFiles } = await esbuild.build({
    ...options,
    stdin: { contents: exports.join('\n'), resolveDir: join(root, dirname(target)) },
    outfile: target,
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    legalComments: 'inline',
    logLevel: 'warning',
    plugins: [chunksFrom(codeOf, new Set(chunks.map(([chunk]) => chunk)))],
  });
  return outputFiles[0].text.replace(/^\/\/ (dist\/|chunk:|<stdin>).*\n/gm, '').replaceAll(KEPT, '// ');
}

/** A plugin that gives esbuild the code of these chunks. Every other import stays as it is. */
const chunksFrom = (codeOf, chunks) => ({
  name: 'chunks',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, resolveDir }) => {
      const chunk = relative(root, resolve(resolveDir, path)).split(sep).join('/');
      return chunks.has(chunk) ? { path: chunk, namespace: 'chunk' } : { path, external: true };
    });
    onLoad({ filter: /./, namespace: 'chunk' }, ({ path }) => ({
      contents: codeOf.get(path).replace(/^\/\/ (?=(src|node_modules)\/)/gm, KEPT),
      resolveDir: join(root, dirname(path)),
    }));
  },
});
