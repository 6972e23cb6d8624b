/** The generated files are what the generator makes of AWS's model and the table of differences. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

test('table and types are up to date', () => {
  const script = resolve(__dirname, '../../scripts/generate-model.mjs');
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
});
