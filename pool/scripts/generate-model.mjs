/**
 * `node pool/scripts/generate-model.mjs`: writes src/model/shapes.generated.ts and src/model/types.generated.ts from
 * AWS's model and the table of differences in pool/model. With `--check` it writes nothing and exits with 1 if a file is
 * not up to date.
 *
 * Biome skips the files that it writes: a table with one shape a line is shorter and shows a change of the model as one line.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ADDED_SHAPES,
  CHANGED_MEMBERS,
  CHANGED_SHAPES,
  EMPTY_IF_ABSENT,
  UNSIGNED_OPERATIONS,
} from '../model/differences.mjs';

const HEADER =
  "/** Made by pool/scripts/generate-model.mjs from AWS's model, see pool/model/README.md. Do not edit. */\n";

const at = (path) => resolve(import.meta.dirname, '..', path);
const { operations, shapes: modelled } = JSON.parse(readFileSync(at('model/cognito-idp.json'), 'utf8'));
const shapes = withDifferences();
const byName = ([a], [b]) => (a < b ? -1 : 1);

/** The model's shapes with the differences laid over them. */
function withDifferences() {
  const changed = structuredClone({ ...modelled, ...ADDED_SHAPES });
  const demand = (holds, row) => {
    if (!holds) throw new Error(`The difference "${row}" names nothing in the model, or changes nothing.`);
  };
  for (const name of Object.keys(ADDED_SHAPES)) demand(!(name in modelled), name);
  for (const [name, members] of Object.entries(CHANGED_SHAPES)) {
    demand(name in modelled, name);
    const before = JSON.stringify(changed[name]);
    Object.assign(changed[name], members);
    demand(JSON.stringify(changed[name]) !== before, name);
  }
  for (const [path, shape] of Object.entries(CHANGED_MEMBERS)) {
    const [structure, member] = path.split('.');
    const given = changed[structure]?.members[member];
    demand(given !== undefined && given.shape !== shape && shape in changed, path);
    given.shape = shape;
  }
  for (const path of EMPTY_IF_ABSENT) {
    const [structure, member] = path.split('.');
    const given = changed[structure]?.members[member];
    demand(changed[given?.shape]?.type === 'map' && !changed[structure].required?.includes(member), path);
    changed[structure].emptyIfAbsent = [...(changed[structure].emptyIfAbsent ?? []), member];
  }
  for (const name of UNSIGNED_OPERATIONS) demand(operations[name]?.authtype === undefined, name);
  return changed;
}

/** The names of the shapes that inputs and outputs have, themselves included. */
function reachableShapes() {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const { members = {}, member, key, value } = shapes[name];
    for (const each of [...Object.values(members), member, key, value]) if (each) visit(each.shape);
  };
  for (const { input, output } of Object.values(operations)) {
    visit(input.shape);
    if (output) visit(output.shape);
  }
  return [...seen].sort();
}

const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
const key = (name) => (/^\w+$/.test(name) ? name : quote(name));
/** An object literal without the members that are undefined. Values are code. */
const literal = (members) => {
  const rows = Object.entries(members).filter(([, code]) => code !== undefined);
  return rows.length === 0 ? '{}' : `{ ${rows.map(([name, code]) => `${key(name)}: ${code}`).join(', ')} }`;
};
const list = (texts) => `[${texts.map(quote).join(', ')}]`;

/**
 * A pattern of Java that matches the whole text, in JavaScript. Java's `\s` and `\S` mean ASCII's white space, so that
 * `\S` allows the white space outside of it. Whether the service reads them so is not known.
 */
function toJavaScript(pattern) {
  const [, dotAll, rest] = /^(\(\?s\))?(.*)$/s.exec(pattern);
  const ascii = rest.replaceAll('[\\S]', '[^ \\t\\n\\v\\f\\r]').replaceAll('\\s', ' \\t\\n\\v\\f\\r');
  // JavaScript does not know this escape with the flag u.
  const source = ascii.replaceAll('\\:', ':');
  if (source.includes('\\S')) throw new Error(`The pattern ${pattern} has \\S beside something else.`);
  return new RegExp(`^(?:${source})$`, dotAll ? 'su' : 'u').toString();
}

function toShape(name) {
  const { type, document, min, max, sensitive, ...shape } = shapes[name];
  const common = { min, max, sensitive: sensitive && 'true' };
  const pattern = shape.pattern && {
    accepts: toJavaScript(shape.accepted ?? shape.pattern),
    shown: quote(shape.pattern),
  };
  const kinds = {
    string: () => ({
      ...common,
      pattern: pattern && literal(pattern),
      values: shape.enum && list(shape.enum),
    }),
    integer: () => ({
      ...common,
      inner: shape.inner && literal({ name: quote(shape.inner.name), min: shape.inner.min }),
    }),
    long: () => common,
    boolean: () => ({}),
    timestamp: () => ({}),
    blob: () => common,
    list: () => ({ member: quote(shape.member.shape), ...common }),
    map: () => ({ key: quote(shape.key.shape), value: quote(shape.value.shape), ...common }),
    structure: () => ({
      members: literal(
        Object.fromEntries(
          Object.entries(shape.members)
            .sort(byName)
            .map(([member, { shape }]) => [member, quote(shape)]),
        ),
      ),
      required: shape.required && list(shape.required),
      emptyIfAbsent: shape.emptyIfAbsent && list(shape.emptyIfAbsent),
    }),
  };
  if (document) return literal({ kind: quote('document') });
  if (!(type in kinds)) throw new Error(`The shape ${name} has the unknown type ${type}.`);
  return literal({ kind: quote(type), ...kinds[type]() });
}

function toOperation({ name, input, output, errors, authtype }) {
  return literal({
    input: quote(input.shape),
    output: output && quote(output.shape),
    errors: list(errors.map(({ shape }) => shape)),
    unsigned: authtype === 'none' || UNSIGNED_OPERATIONS.includes(name) ? 'true' : undefined,
  });
}

/** The type of a member with the shape. Structures and enums have a name, all else is written out. */
function toType(name) {
  const { type, document, enum: values, member, value } = shapes[name];
  if (document) return 'Readonly<Record<string, unknown>>';
  if (type === 'structure' || values) return name;
  const types = {
    string: () => 'string',
    blob: () => 'string',
    integer: () => 'number',
    long: () => 'number',
    timestamp: () => 'number',
    boolean: () => 'boolean',
    list: () => `readonly ${toType(member.shape)}[]`,
    map: () => `Readonly<Record<string, ${toType(value.shape)}>>`,
  };
  return types[type]();
}

/** The declaration of a shape that has a name in the types, or undefined. */
function toDeclaration(name) {
  const { type, document, enum: values, members, required = [], emptyIfAbsent = [] } = shapes[name];
  if (values) return `export type ${name} = ${values.map(quote).join(' | ')};`;
  if (type !== 'structure' || document) return undefined;
  const rows = Object.entries(members)
    .sort(byName)
    .map(([member, { shape }]) => {
      const present = required.includes(member) || emptyIfAbsent.includes(member);
      return present
        ? `readonly ${member}: ${toType(shape)}`
        : `readonly ${member}?: ${toType(shape)} | undefined`;
    });
  return rows.length === 0
    ? `export type ${name} = Readonly<Record<never, never>>;`
    : `export interface ${name} { ${rows.join('; ')} }`;
}

const names = reachableShapes();
const ordered = Object.entries(operations).sort(byName);

const TABLE = `${HEADER}import type { OperationShape, Shape } from './shape.ts';
import type { OperationName } from './types.generated.ts';

export const OPERATIONS: Readonly<Record<OperationName, OperationShape>> = {
${ordered.map(([name, operation]) => `  ${name}: ${toOperation(operation)},`).join('\n')}
};

export const SHAPES: Readonly<Record<string, Shape>> = {
${names.map((name) => `  ${name}: ${toShape(name)},`).join('\n')}
};
`;

const TYPES = `${HEADER}
/** The checked input of each operation. Bytes are in base64, and a timestamp is a number of seconds. */
export interface Inputs {
${ordered.map(([name, { input }]) => `  readonly ${name}: ${input.shape};`).join('\n')}
}

/** The output of each operation. Undefined is an empty body. */
export interface Outputs {
${ordered.map(([name, { output }]) => `  readonly ${name}: ${output?.shape};`).join('\n')}
}

/** The name of an operation of the service. */
export type OperationName = keyof Inputs;

${names
  .map(toDeclaration)
  .filter((declaration) => declaration !== undefined)
  .join('\n')}
`;

const files = { 'src/model/shapes.generated.ts': TABLE, 'src/model/types.generated.ts': TYPES };
if (process.argv.includes('--check')) {
  const stale = Object.entries(files).filter(([path, text]) => readFileSync(at(path), 'utf8') !== text);
  for (const [path] of stale)
    console.error(`pool/${path} is not up to date. Run node pool/scripts/generate-model.mjs.`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of Object.entries(files)) writeFileSync(at(path), text);
  console.log(`${ordered.length} operations, ${names.length} shapes`);
}
