/**
 * What no file may hold or touch, as rules that say why they are there. Which file may import what, and that imports make no
 * circle, is written in biome.json, where editors show it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { transformSync } from 'esbuild';
import packageJson from '../../package.json' with { type: 'json' };
import poolPackageJson from '../../pool/package.json' with { type: 'json' };

export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

interface Rule {
  readonly files: RegExp;
  readonly reason: string;
}
interface GlobalRule extends Rule {
  readonly globals: readonly string[];
}
interface TextRule extends Rule {
  readonly forbidden: RegExp;
  /** Comments and quoted strings are not looked at. */
  readonly codeOnly?: boolean;
}

export const GLOBAL_RULES: readonly GlobalRule[] = [
  {
    files: /^src\/srp\//,
    globals: ['fetch', 'XMLHttpRequest', 'document', 'window', 'navigator', 'localStorage', 'process'],
    reason: 'the cryptography does no I/O and knows no platform',
  },
  {
    files: /^src\/srp\//,
    globals: ['Date.now', 'performance'],
    reason: 'the time is an argument: the service may have another clock',
  },
  {
    files: /^(src\/(srp|cognito)|pool\/src)\//,
    globals: ['Math.random'],
    reason: 'it is not secure randomness',
  },
  {
    files: /^src\/cognito\//,
    globals: ['document', 'window', 'navigator', 'localStorage', 'sessionStorage', 'process', 'Buffer'],
    reason: 'the protocol knows no platform: storage and credentials are arguments',
  },
  {
    files: /^src\/cognito\/(?!client\/fetch-transport\.ts$)/,
    globals: ['fetch', 'XMLHttpRequest'],
    reason: 'fetch-transport.ts is the one place that reaches the network',
  },
];

export const TEXT_RULES: readonly TextRule[] = [
  {
    files: /^src\/cognito\/(?!client\/fetch-transport\.ts$).*\.ts$/,
    forbidden: /\bfetch(\?\.)?\(/,
    codeOnly: true,
    reason: 'fetch-transport.ts is the one place that reaches the network',
  },
  {
    files: /^(pool\/)?src\/.*\.ts$/,
    forbidden: /(?<![\w.])require\(/,
    codeOnly: true,
    reason: 'a module of ES has no require, and biome.json has rules for import alone',
  },
  {
    files: /^(pool\/)?(src|test)\/.*\.ts$/,
    forbidden: /(\b(as|extends|readonly|keyof)\s+|[:<|&,=]\s*|=>\s*)any\b(?!\s*[:(.?])/,
    codeOnly: true,
    reason: 'a value of type any is not checked; unknown is',
  },
  {
    files: /^(pool\/)?(src|test)\/.*\.ts$/,
    forbidden: /\/[/*][^\n]*@ts-(ignore|nocheck)/,
    reason: 'it hides every error of a line or file, also those to come',
  },
  {
    files: /^(pool\/)?(src|test)\/.*\.ts$/,
    forbidden: /\bjest\s*\.\s*(mock|doMock|unstable_mockModule)\(/,
    reason: 'what tests exchange is an argument, so modules need no replacing',
  },
  {
    files: /^(pool\/)?src\/.*(?<!\.generated)\.ts$/,
    forbidden: /^([^\n]*\n){401}/,
    reason: 'a file of more than 400 lines does more than one thing',
  },
  {
    files: /./,
    forbidden: /registry\.(npmjs|yarnpkg)\./,
    reason: 'installing must work with whichever registry the machine is set to',
  },
  {
    files: /./,
    forbidden: /(?<![\w.~}-])(\/(home|Users|root|tmp|var\/folders)\/[\w.-]|[A-Z]:\\Users\\)/,
    reason: 'a path of one machine means nothing on another',
  },
];

/** @returns one line for each broken rule, with its reason */
export function violations(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => [
    ...GLOBAL_RULES.filter(appliesTo(source)).flatMap(({ globals, reason }) =>
      globalsOf(source.text, globals).map((name) => `${source.path} must not touch ${name}: ${reason}`),
    ),
    ...TEXT_RULES.filter(appliesTo(source)).flatMap(({ forbidden, codeOnly, reason }) => {
      const found = forbidden.exec(codeOnly ? codeOf(source.text) : source.text);
      return found ? [`${source.path} must not hold ${excerpt(found[0])}: ${reason}`] : [];
    }),
  ]);
}

const appliesTo =
  ({ path }: Source) =>
  ({ files }: Rule): boolean =>
    files.test(path);

const excerpt = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

const SPECIFIER =
  /^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/gm;

/** What a file imports, types too: paths from the root of the repository, or names of packages. */
export function importsOf({ path, text }: Source): string[] {
  const specifiers = [...text.matchAll(SPECIFIER)].map(([, statement, call]) => statement ?? call ?? '');
  return [...new Set(specifiers.flatMap((specifier) => targetsOf(path, specifier)))];
}

/** Both modules that a `#…` name may stand for. */
function targetsOf(path: string, specifier: string): string[] {
  if (specifier.startsWith('.')) return [posix.join(posix.dirname(path), specifier)];
  if (path.startsWith('pool/') && Object.hasOwn(poolPackageJson.imports, specifier)) {
    const targets = poolPackageJson.imports as Readonly<Record<string, string>>;
    return [posix.join('pool', targets[specifier] ?? '')];
  }
  const variants = (packageJson.imports as Record<string, Record<string, string>>)[specifier];
  if (variants) return Object.values(variants).map((target) => posix.normalize(target));
  // The npm package of the same name is what is meant by "buffer" without "node:"
  if (builtinModules.includes(specifier) && specifier !== 'buffer') return [`node:${specifier}`];
  return [specifier];
}

/** Which of these globals a file touches. Local variables and members of the same name do not count. */
function globalsOf(text: string, globals: readonly string[]): string[] {
  const markers = globals.map((name, i) => ({ name, marker: `__global_${i}__` }));
  const define = Object.fromEntries(
    markers.flatMap(({ name, marker }) => [name, `globalThis.${name}`].map((key) => [key, marker])),
  );
  const { code } = transformSync(text, { loader: 'ts', format: 'esm', define, treeShaking: false });
  return markers.filter(({ marker }) => code.includes(marker)).map(({ name }) => name);
}

/** A room of src/cognito is a whole thought, which takes more lines than this. */
const MIN_LINES = 20;

/**
 * @returns one line for each file name that stands twice in the sources of a package, and for each file of src/cognito that
 *   is a crumb
 */
export function fileNameViolations(sources: readonly Source[]): string[] {
  const names = new Map<string, string>();
  const found: string[] = [];
  for (const { path, text } of sources) {
    const [, folder = ''] = /^((?:pool\/)?src)\/.*\.ts$/.exec(path) ?? [];
    if (folder === '') continue;
    const name = posix.basename(path);
    const other = names.get(`${folder} ${name}`);
    if (other !== undefined && name !== 'index.ts') found.push(`${path} has the name of ${other}`);
    names.set(`${folder} ${name}`, path);
    const lines = text.trimEnd().split('\n').length;
    if (path.startsWith('src/cognito/') && lines < MIN_LINES) {
      found.push(`${path} has ${lines} lines: a file is a whole thought, so it belongs to another one`);
    }
  }
  return found;
}

/** A file without its comments and without what is in quotes. */
const codeOf = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|(?<![:\\'"`])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, (part) =>
    part.startsWith('/') ? '' : "''",
  );

/** Every file below `root` that .gitignore does not name. */
export function repositoryFiles(root: string): Source[] {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim().replace(/\/$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isIgnored = (name: string) =>
    name === '.git' ||
    ignored.some((pattern) => (pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern));
  const below = (folder: string): Source[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (isIgnored(entry.name)) return [];
      if (entry.isDirectory()) return below(path);
      return entry.isFile() ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
    });
  return below('');
}
