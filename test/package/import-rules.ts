/** Says which file may import what, and which texts no file may hold. Each rule has its reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { transformSync } from 'esbuild';
import packageJson from '../../package.json' with { type: 'json' };

export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

interface Rule {
  readonly files: RegExp;
  readonly reason: string;
}
interface ImportRule extends Rule {
  /** Paths from the root of the repository, or names of packages and of Node's modules. */
  readonly forbidden: RegExp;
}
interface GlobalRule extends Rule {
  readonly globals: readonly string[];
}
interface TextRule extends Rule {
  readonly forbidden: RegExp;
  /** Comments and quoted strings are not looked at. */
  readonly codeOnly?: boolean;
}

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    files: /^src\/srp\//,
    forbidden: /^src\/(cognito|pool|cli|storage|verify)\//,
    reason: 'the cryptography is the lowest layer; ./srp is shipped without the others',
  },
  {
    files: /^src\/(cognito|index\.ts)/,
    forbidden: /^src\/(storage|verify)\//,
    reason: 'what runs on servers alone has an entry of its own',
  },
  {
    files: /^src\/omit-undefined\.ts$/,
    forbidden: /./,
    reason: 'every layer imports it, so it imports nothing',
  },
  {
    files: /^src\/(srp|cognito)\//,
    forbidden: /^node:/,
    reason: 'it runs in browsers, React Native and bare engines',
  },
  {
    files: /^src\/cognito\//,
    forbidden: /^src\/(pool|cli)\//,
    reason: 'an application must not carry the local pool or the command along',
  },
  {
    files: /^src\/(index|portable)\.ts$/,
    forbidden: /^(src\/(pool|cli)\/|node:)/,
    reason: 'an application must not carry the local pool or the command along',
  },
  {
    files: /^src\/pool\//,
    forbidden: /^src\/(cognito|cli)\//,
    reason: 'the pool must not share the mistakes of the client it tests',
  },
  {
    files: /^src\/pool\//,
    forbidden: /^src\/srp\/(?!big-integer\.native\.ts$)/,
    reason: 'the pool has its own SRP host, so that a mistake of the client does not cancel out',
  },
  {
    files: /^src\/cli\//,
    forbidden:
      /^src\/(srp|cognito|pool|storage|verify)\/(?!(index|sign-in\/challenge-types|option-checks)\.ts$)/,
    reason:
      'the command is built on the entries, but for the lists of what can be chosen and the checks of a seed',
  },
  {
    files: /^src\/(storage|verify)\//,
    forbidden: /^src\/(srp|pool|cli)\//,
    reason: 'storage and verification know the protocol at most',
  },
  {
    files: /^src\/(?!srp\/big-integer\.jsbn\.ts$)/,
    forbidden: /^jsbn(\/|$)/,
    reason: 'only the portable build brings jsbn; #big-integer chooses',
  },
  {
    files: /^src\/(?!srp\/encoding\.buffer\.ts$)/,
    forbidden: /^(node:)?buffer(\/|$)/,
    reason: 'only the portable build brings buffer; #encoding chooses',
  },
  {
    files: /^src\/srp\/(?!hash\.ts$)/,
    forbidden: /^@noble\//,
    reason: 'hash.ts is the one place where the hashes come from',
  },
  {
    files: /^src\/errors\.ts$/,
    forbidden: /./,
    reason: 'every layer imports the errors, so they import nothing',
  },
  {
    files: /^src\/(?!index\.ts$|cli\/)/,
    forbidden: /(^|\/)index\.ts$/,
    reason: 'an index.ts is an entry for consumers; inside, import the module that has the name',
  },
  {
    files: /^src\/index\.ts$/,
    forbidden: /(?<!^src\/srp)\/index\.ts$/,
    reason: 'the main entry re-exports ./srp and no other entry',
  },
];

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
    files: /^src\/(srp|cognito|pool)\//,
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
    files: /^src\/(srp|cognito)\/(?!(big-integer|comb|montgomery)\.).*\.ts$/,
    forbidden: /from '[^']*(big-integer|encoding)\.(native|jsbn|buffer)\.ts'/,
    reason: '#big-integer and #encoding choose; named by hand, the portable build would bring the wrong one',
  },
  {
    files: /^src\/cognito\/(?!client\/fetch-transport\.ts$).*\.ts$/,
    forbidden: /\bfetch(\?\.)?\(/,
    codeOnly: true,
    reason: 'fetch-transport.ts is the one place that reaches the network',
  },
  {
    files: /^(src|test)\/.*\.ts$/,
    forbidden: /(\b(as|extends|readonly|keyof)\s+|[:<|&,=]\s*|=>\s*)any\b(?!\s*[:(.?])/,
    codeOnly: true,
    reason: 'a value of type any is not checked; unknown is',
  },
  {
    files: /^(src|test)\/.*\.ts$/,
    forbidden: /\/[/*][^\n]*@ts-(ignore|nocheck)/,
    reason: 'it hides every error of a line or file, also those to come',
  },
  {
    files: /^(src|test)\/.*\.ts$/,
    forbidden: /\bjest\s*\.\s*(mock|doMock|unstable_mockModule)\(/,
    reason: 'what tests exchange is an argument, so modules need no replacing',
  },
  {
    files: /^src\/.*\.ts$/,
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
    ...IMPORT_RULES.filter(appliesTo(source)).flatMap(({ forbidden, reason }) =>
      importsOf(source)
        .filter((target) => forbidden.test(target))
        .map((target) => `${source.path} must not import ${target}: ${reason}`),
    ),
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

/** @returns each round of imports once, types too, as `a → b → a` */
export function importCycles(sources: readonly Source[]): string[] {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.add([...trail.slice(at), path].join(' → '));
    if (done.has(path)) return;
    done.add(path);
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
  };
  for (const path of imports.keys()) visit(path, []);
  return [...found];
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
