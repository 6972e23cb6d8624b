/**
 * `npm run docs`: writes docs/api.md, the reference of every entry, from the declarations that ship. The text is the
 * docstrings'; a test holds the file to them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const types = join(root, 'dist/esm');

const ENTRIES = [
  ['cognito-srp-engine', 'index.d.ts'],
  ['cognito-srp-engine/srp', 'srp/index.d.ts'],
  ['cognito-srp-engine/pool', 'pool/index.d.ts'],
  ['cognito-srp-engine/file-storage', 'storage/index.d.ts'],
  ['cognito-srp-engine/verify', 'verify/index.d.ts'],
];

const read = (file) => readFileSync(join(types, file), 'utf8');

/** [name, file it is declared in] of every export of an index. */
function exportsOf(index) {
  return [...read(index).matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)'/g)].flatMap(
    ([, names, from]) => {
      const file = posix.join(dirname(index), from.replace(/\.js$/, '.d.ts'));
      const list = names.split(',').map((name) => name.trim().replace(/^type /, ''));
      return list
        .filter(Boolean)
        .map((name) => [name, file.endsWith('index.d.ts') ? declaredIn(file, name) : file]);
    },
  );
}

const declaredIn = (index, name) => exportsOf(index).find(([exported]) => exported === name)?.[1];

/** A declaration and the docstring above it. */
function declaration(file, name) {
  const text = read(file);
  const pattern = new RegExp(`^export (?:declare )?(?:interface|type|class|function|const) ${name}\\b`, 'm');
  const start = pattern.exec(text)?.index;
  if (start === undefined) throw new Error(`${file} does not declare ${name}`);
  const doc = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n$/.exec(text.slice(0, start))?.[0] ?? '';
  return { doc, code: text.slice(start, endOf(text, start)) };
}

/** Where a declaration ends: a `;`, or the `}` of an interface or class, outside all brackets. */
function endOf(text, start) {
  const isBlock = /^export (?:declare )?(?:interface|class)/.test(text.slice(start, start + 30));
  // Brackets in comments and texts do not count
  const bare = text.replace(/\/\*[\s\S]*?\*\/|'[^'\n]*'|=>/g, (part) => ' '.repeat(part.length));
  let depth = 0;
  for (let at = start; at < bare.length; at++) {
    const character = bare[at];
    if ('({[<'.includes(character)) depth++;
    if (')}]>'.includes(character)) depth--;
    if (depth === 0 && character === (isBlock ? '}' : ';')) return at + 1;
  }
  throw new Error('A declaration has no end');
}

/** A docstring as Markdown: its tags become a list. */
function markdown(doc) {
  const lines = doc
    .replace(/^\/\*\*|\*\/\n?$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  return lines
    .join('\n')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/^@(param|returns|throws|see)\s*(.*)$/gm, (_, tag, rest) => {
      if (tag !== 'param') return `- ${tag} ${rest}`;
      return `- ${rest.replace(/^([\w.]+)/, '`$1`:')}`;
    })
    .trim();
}

/** The whole reference. */
export function apiReference() {
  const seen = new Set();
  const parts = ENTRIES.map(([entry, index]) => {
    const items = exportsOf(index)
      .filter(([name, file]) => !seen.has(`${file} ${name}`))
      .map(([name, file]) => {
        seen.add(`${file} ${name}`);
        const { doc, code } = declaration(file, name);
        const signature = code
          .replace(/^export (declare )?/, '')
          .replace(/^( {4})+/gm, (by) => by.slice(by.length / 2));
        const isType = /^(type|interface)/.test(signature);
        const text = [`### ${name}`, markdown(doc), `\`\`\`ts\n${signature}\n\`\`\``]
          .filter(Boolean)
          .join('\n\n');
        return { isType, text };
      });
    // What one calls comes before what it takes and gives
    const ordered = [false, true].flatMap((types) => items.filter(({ isType }) => isType === types));
    return [`## ${entry}`, ...ordered.map(({ text }) => text)].join('\n\n');
  });
  const intro = `Written by \`npm run docs\` from the declarations that ship; edit the docstrings. What belongs together is told by the
[README](../README.md). \`cognito-srp-engine/portable\` has all of \`cognito-srp-engine\`, and that has all of \`/srp\`.`;
  return `${['# API', intro, ...parts].join('\n\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(root, 'docs/api.md'), apiReference());
}
