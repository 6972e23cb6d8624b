/**
 * Makes the report of a package's public interface from the declarations that it publishes: every exported name of every entry, with its
 * declaration and without its comments. Two builds have the same report exactly if a program that compiles with one compiles with
 * the other, as far as types can tell.
 *
 * api-extractor makes such reports of one entry only, and this package has fifteen that share most of their names. So the compiler's own
 * interface is used here, which also resolves the names.
 */
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { packageJsonOf, root } from './packages.mjs';

// TypeScript 7 has no such interface yet, and the workspace docs has TypeScript 6
const ts = createRequire(join(root, 'docs/package.json'))('typescript');

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: [],
  strict: true,
  noEmit: true,
};
const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: false });

/** @returns the entries of a package: what a program imports, and the file of its declarations */
function entriesOf(onePackage) {
  const { name, exports } = packageJsonOf(onePackage);
  return Object.entries(exports)
    .filter(([, target]) => typeof target !== 'string')
    .map(([subpath, target]) => ({
      specifier: subpath === '.' ? name : `${name}/${subpath.slice('./'.length)}`,
      file: join(root, onePackage.folder, target.import.replace(/\.js$/, '.d.ts')),
    }));
}

/** The whole statement: the one that the name stands in, for a constant. */
const statementOf = (declaration) =>
  ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;

/** @returns the declarations of a symbol as text, on as few lines as the compiler's printer makes */
function textOf(symbol, checker) {
  const isDeprecated = symbol.getJsDocTags(checker).some(({ name }) => name === 'deprecated');
  const texts = (symbol.declarations ?? []).map((declaration) => {
    const statement = statementOf(declaration);
    return printer
      .printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile())
      .replace(/^export (default )?/, '')
      .replace(/^declare /, '');
  });
  return `${isDeprecated ? '/** @deprecated */\n' : ''}${texts.join('\n')}`;
}

/**
 * @param {{ name: string, folder: string }} onePackage which must be built
 * @returns {string} the report, in Markdown
 */
export function apiReportOf(onePackage) {
  const entries = entriesOf(onePackage);
  return reportOf(onePackage.name, entries, join(root, onePackage.folder, 'dist'));
}

/**
 * @param {string} title
 * @param {readonly { specifier: string, file: string }[]} entries
 * @param {string} folder what is declared below it belongs to the package
 * @returns {string} the report, in Markdown
 */
export function reportOf(title, entries, folder) {
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    OPTIONS,
  );
  const checker = program.getTypeChecker();
  const resolved = (symbol) =>
    (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  const isOurs = (symbol) =>
    (symbol.declarations ?? []).some(
      (declaration) =>
        declaration.getSourceFile().fileName.startsWith(`${folder.split(sep).join('/')}/`) &&
        ts.isSourceFile(statementOf(declaration).parent),
    );

  const sections = [];
  const printed = new Map();
  for (const { specifier, file } of entries) {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} is not there. Run: npm run build`);
    const names = checker
      .getExportsOfModule(checker.getSymbolAtLocation(source))
      .map((symbol) => ({ name: symbol.name, symbol: resolved(symbol) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const again = names.filter(({ symbol }) => printed.has(symbol));
    const added = names.filter(({ symbol }) => !printed.has(symbol));
    for (const { symbol } of added) printed.set(symbol, specifier);
    sections.push(sectionOf(specifier, added, again, printed, checker));
  }

  const hidden = referencedFrom([...printed.keys()], checker, resolved, isOurs);
  if (hidden.length > 0) {
    const texts = hidden.map((symbol) => textOf(symbol, checker)).sort();
    sections.push(`## Not exported, but named by what is\n\n${fence(texts)}`);
  }
  return `# The public interface of \`${title}\`

Made by \`npm run api\` from the published declarations. Do not edit.

${sections.join('\n\n')}
`;
}

const fence = (texts) => `\`\`\`ts\n${texts.join('\n\n')}\n\`\`\``;

function sectionOf(specifier, added, again, printed, checker) {
  const parts = [`## \`${specifier}\``];
  const origins = [...new Set(again.map(({ symbol }) => printed.get(symbol)))];
  for (const origin of origins) {
    const names = again.filter(({ symbol }) => printed.get(symbol) === origin).map(({ name }) => name);
    parts.push(`From \`${origin}\`:\n\n${names.map((name) => `- \`${name}\``).join('\n')}`);
  }
  if (added.length > 0) {
    parts.push(
      fence(
        added.map(({ name, symbol }) => {
          const rename = symbol.name === name ? '' : `// exported as ${name}\n`;
          return rename + textOf(symbol, checker);
        }),
      ),
    );
  }
  return parts.join('\n\n');
}

/** @returns the symbols of the package that the given ones name, directly or through others, and that are not among them */
function referencedFrom(symbols, checker, resolved, isOurs) {
  const seen = new Set(symbols);
  const pending = [...symbols];
  const found = [];
  for (let symbol = pending.pop(); symbol !== undefined; symbol = pending.pop()) {
    for (const declaration of symbol.declarations ?? []) visit(declaration);
  }
  return found;

  function visit(node) {
    if (ts.isIdentifier(node)) {
      const local = checker.getSymbolAtLocation(node);
      const symbol = local && resolved(local);
      if (symbol !== undefined && !seen.has(symbol) && isOurs(symbol)) {
        seen.add(symbol);
        found.push(symbol);
        pending.push(symbol);
      }
    }
    ts.forEachChild(node, visit);
  }
}
