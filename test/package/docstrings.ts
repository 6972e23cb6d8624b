/** Reads the docstrings of the functions that the public entries export, and their examples. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync, type types } from '@babel/core';
import { root } from '../support/node-process.ts';

/** The sources of the public entries. `./portable` is built from the first. */
export const ENTRIES = [
  'src/index.ts',
  'src/srp/index.ts',
  'src/storage/index.ts',
  'src/verify/index.ts',
  'src/flow/index.ts',
  'src/session/index.ts',
  'src/cookies/index.ts',
  'src/redirect/index.ts',
  'src/texts/index.ts',
  'src/texts/en/index.ts',
  'pool/src/index.ts',
  'pool/src/playwright/index.ts',
  'pool/src/cypress/commands/index.ts',
  'pool/src/cypress/index.ts',
  'pool/src/jest/index.ts',
  'pool/src/vitest/index.ts',
].map((name) => join(root, name));

/** A function that an entry exports. */
export interface PublicFunction {
  readonly name: string;
  /** What its docstring lacks: `@param pool`, `@returns`, `@example`, … */
  readonly missing: readonly string[];
}

/** An `@example` of a docstring. */
export interface Example {
  /** `src/index.ts:12`, the line of the docstring. */
  readonly place: string;
  /** Its TypeScript; undefined if it does not begin with a block of TypeScript. */
  readonly code: string | undefined;
}

/** The functions that the entries export, each once. Classes and types are left out. */
export function publicFunctions(): PublicFunction[] {
  const functions = new Map<string, PublicFunction>();
  for (const entry of ENTRIES) {
    for (const [name, file] of exportedValues(entry)) {
      const found = functionNamed(file, name);
      if (found) functions.set(`${file} ${name}`, { name, missing: missingTags(found) });
    }
  }
  return [...functions.values()];
}

/** Every `@example` in a folder of sources. */
export function examplesIn(folder: string): Example[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return files.sort().flatMap((path) => examplesOf(join(folder, path)));
}

function examplesOf(file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) => {
    const line = text.slice(0, index).split('\n').length;
    const place = `${relative(root, file)}:${line}`;
    const [, ...examples] = linesOf(comment)
      .join('\n')
      .split(/^@example\b/m);
    return examples.map((example) => ({ place, code: /^\s*```ts\n([\s\S]*?\n)```/.exec(example)?.[1] }));
  });
}

/** The lines of a docstring without its stars. */
const linesOf = (comment: string): string[] =>
  comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd());

function statementsOf(file: string): readonly types.Statement[] {
  const options = { configFile: false, babelrc: false, filename: file } as const;
  const parsed = parseSync(readFileSync(file, 'utf8'), {
    ...options,
    parserOpts: { plugins: ['typescript'] },
  });
  if (!parsed) throw new Error(`${file} cannot be parsed`);
  return parsed.program.body;
}

/** [name, file that declares it] of every value that an entry re-exports. */
function exportedValues(entry: string): [string, string][] {
  return statementsOf(entry).flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return [];
    if (!statement.source) throw new Error(`${entry} declares something itself`);
    const source = join(dirname(entry), statement.source.value);
    const names = statement.specifiers.flatMap((specifier) =>
      specifier.type === 'ExportSpecifier' && specifier.exportKind !== 'type' ? [specifier.local.name] : [],
    );
    const isEntry = ENTRIES.includes(source);
    const known = new Map(isEntry ? exportedValues(source) : []);
    return names.map((name): [string, string] => [name, known.get(name) ?? source]);
  });
}

interface Declared {
  readonly comment: string;
  readonly parameters: readonly types.Node[];
  readonly returnType: types.Node | null | undefined;
}

/** @returns undefined for a class, or a constant that is not a function */
function functionNamed(file: string, name: string): Declared | undefined {
  for (const statement of statementsOf(file)) {
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const found = functionIn(statement.declaration, name);
    const comment = statement.leadingComments?.at(-1);
    const docstring = comment?.type === 'CommentBlock' && comment.value.startsWith('*') ? comment.value : '';
    if (found) return { comment: `/*${docstring}*/`, parameters: found.params, returnType: found.returnType };
  }
  return undefined;
}

function functionIn(declaration: types.Declaration | null | undefined, name: string) {
  if (declaration?.type === 'FunctionDeclaration')
    return declaration.id?.name === name ? declaration : undefined;
  if (declaration?.type !== 'VariableDeclaration') return undefined;
  for (const { id, init } of declaration.declarations) {
    if (id.type === 'Identifier' && id.name === name && init?.type === 'ArrowFunctionExpression') return init;
  }
  return undefined;
}

function missingTags({ comment, parameters, returnType }: Declared): string[] {
  const lines = linesOf(comment);
  const has = (tag: string) => lines.some((line) => line.startsWith(tag));
  const needed = parameters.map((parameter) => `@param ${parameterName(parameter) ?? '(it has no name)'} `);
  if (!isVoid(returnType)) needed.push('@returns ');
  needed.push('@example');
  const isEmpty = !lines.some((line) => line !== '' && !line.startsWith('@'));
  return [...(isEmpty ? ['a sentence'] : []), ...needed.filter((tag) => !has(tag)).map((tag) => tag.trim())];
}

/** @returns undefined for a parameter that the signature takes apart, so that the shipped types have no name for it */
function parameterName(parameter: types.Node): string | undefined {
  const named = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return named.type === 'Identifier' ? named.name : undefined;
}

/** Whether a function returns `void` or `Promise<void>`. */
function isVoid(annotation: types.Node | null | undefined): boolean {
  if (annotation?.type !== 'TSTypeAnnotation') return false;
  const type = annotation.typeAnnotation;
  if (type.type === 'TSVoidKeyword') return true;
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  return type.typeName.name === 'Promise' && type.typeParameters?.params[0]?.type === 'TSVoidKeyword';
}
