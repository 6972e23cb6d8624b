/**
 * `node pool/scripts/operations-index.mjs`: writes src/operations/index.generated.ts, the table of the operations, from the
 * files src/operations/<family>/<operation>.ts. With `--check` it writes nothing and exits with 1 if the table is not up
 * to date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FOLDER, findOperations } from './operation-files.mjs';

const FILE = resolve(FOLDER, 'index.generated.ts');

const operations = findOperations();
const byPath = operations.toSorted((a, b) => (a.path < b.path ? -1 : 1));
const table = `/** Made by pool/scripts/operations-index.mjs from the files of the operations. Do not edit. */
import type { OperationName } from '../model/types.generated.ts';
${byPath.map(({ constant, path }) => `import { ${constant} } from './${path}';`).join('\n')}
import type { Operation } from './operation.ts';

/** The operations that the pool answers, by name. */
export const OPERATIONS: Readonly<Partial<Record<OperationName, Operation>>> = {
${operations.map(({ name, constant }) => `  ${name}: ${constant},`).join('\n')}
};
`;

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, table);
  console.log(`${operations.length} operations`);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== table) {
  console.error(
    'pool/src/operations/index.generated.ts is not up to date. Run node pool/scripts/operations-index.mjs.',
  );
  process.exitCode = 1;
}
