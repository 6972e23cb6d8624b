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

/** What a signature may name without a definition. */
export const PLATFORM = [
  ...['Error', 'TypeError', 'Promise', 'AsyncGenerator', 'ArrayBuffer', 'Uint8Array'],
  ...['AbortSignal', 'Request', 'RequestInit', 'Response', 'URL'],
  ...['NonNullable', 'Partial', 'Pick', 'Readonly', 'Record', 'Required'],
];

const read = (file) => readFileSync(join(types, file), 'utf8');

/** [name, file it is declared in] of every name that a file exports from others, or imports. */
function namesFrom(file, keyword) {
  const lists = read(file).matchAll(new RegExp(`${keyword} (?:type )?\\{([^}]*)\\} from '([^']+)'`, 'g'));
  return [...lists].flatMap(([, names, from]) => {
    const source = posix.join(dirname(file), from.replace(/\.js$/, '.d.ts'));
    const list = names.split(',').map((name) => name.trim().replace(/^type /, ''));
    return list
      .filter(Boolean)
      .map((name) => [name, source.endsWith('index.d.ts') ? declaredIn(source, name) : source]);
  });
}

const exportsOf = (index) => namesFrom(index, 'export');
const declaredIn = (index, name) => exportsOf(index).find(([exported]) => exported === name)?.[1];

const opening = (name) =>
  new RegExp(`^(?:export )?(?:declare )?(?:interface|type|class|function|const) ${name}\\b`, 'm');

/** The file that declares what a file means by a name; undefined for the platform's names. */
const sourceOf = (file, name) =>
  opening(name).test(read(file))
    ? file
    : namesFrom(file, 'import').find(([imported]) => imported === name)?.[1];

/** A declaration and the docstring above it. */
function declaration(file, name) {
  const text = read(file);
  const start = opening(name).exec(text)?.index;
  if (start === undefined) throw new Error(`${file} does not declare ${name}`);
  const doc = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n$/.exec(text.slice(0, start))?.[0] ?? '';
  const code = text
    .slice(start, endOf(text, start))
    .replace(/^(export )?(declare )?/, '')
    .replace(/\(typeof (\w+)\)\[number\]/g, (_, list) => valuesOf(file, list))
    .replace(/^( {4})+/gm, (by) => by.slice(by.length / 2));
  return { doc, code };
}

/** A list of constants as a union. */
function valuesOf(file, list) {
  const [, values] = /readonly \[(.*)\]/.exec(declaration(file, list).code);
  return values.replaceAll('"', "'").replaceAll(', ', ' | ');
}

/** Brackets and names in comments and texts do not count. */
const withoutTexts = (code) =>
  code.replace(/\/\*[\s\S]*?\*\/|'[^'\n]*'|"[^"\n]*"|=>/g, (part) => ' '.repeat(part.length));

/** Where a declaration ends: a `;`, or the `}` of an interface or class, outside all brackets. */
function endOf(text, start) {
  const isBlock = /^(?:export )?(?:declare )?(?:interface|class)/.test(text.slice(start, start + 30));
  const bare = withoutTexts(text);
  let depth = 0;
  for (let at = start; at < bare.length; at++) {
    const character = bare[at];
    if ('({[<'.includes(character)) depth++;
    if (')}]>'.includes(character)) depth--;
    if (depth === 0 && character === (isBlock ? '}' : ';')) return at + 1;
  }
  throw new Error('A declaration has no end');
}

/** The types and constants that a declaration refers to, itself among them. */
export function namesIn(code) {
  const bare = withoutTexts(code);
  const parameters = new Set([
    ...typeParameters(bare),
    ...[...bare.matchAll(/\binfer (\w+)|\[(\w+) in |<(\w+)>\(/g)].flatMap(([, ...names]) => names),
  ]);
  // Not the names of members
  const names = [...bare.matchAll(/(?<![\w.])(?:typeof (\w+)|([A-Z]\w*))\b(?!\??:)/g)];
  return [...new Set(names.map(([, value, type]) => value ?? type))].filter((name) => !parameters.has(name));
}

/** Those in the head: `interface Name<First, Second extends string>`. */
function typeParameters(bare) {
  const head = /^\w+ \w+</.exec(bare);
  if (!head) return [];
  const names = [];
  for (let at = head[0].length, start = at, depth = 1; depth > 0; at++) {
    if ('({[<'.includes(bare[at])) depth++;
    if (')}]>'.includes(bare[at])) depth--;
    if (depth > 0 && (depth > 1 || bare[at] !== ',')) continue;
    names.push(/\w+/.exec(bare.slice(start, at))[0]);
    start = at + 1;
  }
  return names;
}

/** A docstring as Markdown: its tags become a list. */
function markdown(doc) {
  const lines = doc
    .replace(/^\/\*\*|\*\/\n?$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const text = lines
    .join('\n')
    .trim()
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/^@example\n```ts\n/gm, '\n```typescript\n')
    .replace(/^@(param|returns|throws|see)\s*(.*)$/gm, (_, tag, rest) => {
      if (tag !== 'param') return `- ${tag} ${rest}`;
      return `- ${rest.replace(/^([\w.]+)/, '`$1`:')}`;
    });
  if (/(?:^|\s)@\w/.test(text)) throw new Error(`A tag has to begin its line: ${text}`);
  return text;
}

/** What the names in a declaration mean in its file, all but the platform's. */
function referencesOf([name, file]) {
  return namesIn(declaration(file, name).code).flatMap((found) => {
    const source = sourceOf(file, found);
    if (source === undefined && !PLATFORM.includes(found))
      throw new Error(`${name} in ${file} refers to ${found}, which is defined nowhere`);
    return source === undefined ? [] : [[found, source]];
  });
}

const keyOf = ([name, file]) => `${file} ${name}`;

/** What the declarations of an entry refer to and no entry exports. */
function hiddenBehind(exported, isExported) {
  const hidden = new Map();
  const codeOf = ([name, file]) => declaration(file, name).code;
  const visit = (item) => {
    for (const found of referencesOf(item).filter((found) => !isExported.has(keyOf(found)))) {
      const [name] = found;
      const namesake = hidden.get(name) ?? exported.find(([other]) => other === name);
      if (namesake && codeOf(namesake) !== codeOf(found))
        throw new Error(`${name} is two types of one entry`);
      if (namesake) continue;
      hidden.set(name, found);
      visit(found);
    }
  };
  for (const item of exported) visit(item);
  return [...hidden.values()];
}

function section([name, file], note) {
  const { doc, code } = declaration(file, name);
  return [`### ${name}`, note, markdown(doc), `\`\`\`ts\n${code}\n\`\`\``].filter(Boolean).join('\n\n');
}

/** What one calls comes before what it takes and gives. */
function ordered(items) {
  const isType = ([name, file]) => /^(type|interface)/.test(declaration(file, name).code);
  return [...items.filter((item) => !isType(item)), ...items.filter(isType)];
}

/** The whole reference. */
export function apiReference() {
  const isExported = new Set(ENTRIES.flatMap(([, index]) => exportsOf(index).map(keyOf)));
  const described = new Set();
  const parts = ENTRIES.map(([entry, index]) => {
    const exported = exportsOf(index);
    const above = exported.filter((item) => described.has(keyOf(item)));
    const own = exported.filter((item) => !described.has(keyOf(item)));
    for (const item of own) described.add(keyOf(item));
    const names = ordered(above).map(([name]) => `\`${name}\``);
    return [
      `## ${entry}`,
      ...(names.length > 0 ? [`Described above: ${names.join(', ')}.`] : []),
      ...ordered(own).map((item) => section(item)),
      ...hiddenBehind(own, isExported).map((item) => section(item, 'Not exported.')),
    ].join('\n\n');
  });
  const intro = `Written by \`npm run docs\` from the declarations that ship; edit the docstrings. What belongs together is told by the
[README](../README.md). \`cognito-srp-engine/portable\` has all of \`cognito-srp-engine\`, and that has all of \`/srp\`.`;
  return `${['# API', intro, ...parts].join('\n\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(root, 'docs/api.md'), apiReference());
}
