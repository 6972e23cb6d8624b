/** The examples in React, Vue and Svelte show the same page, so what does not depend on the framework is the same in each. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/node-process.ts';

const EXAMPLES = ['react-vite', 'vue-vite', 'svelte-vite'].map((name) => join(root, 'examples', name));
const CHECK = readdirSync(join(root, 'examples/react-vite/check')).map((name) => `check/${name}`);

test.each([...CHECK, 'src/cognito.ts', 'src/page.css', 'api.ts', 'pool.json', '.env', '.env.mfa'])(
  '%s is the same in each of the examples',
  (file) => {
    const [react, ...others] = EXAMPLES.map((folder) => readFileSync(join(folder, file), 'utf8'));
    for (const other of others) expect(other).toBe(react);
  },
);
