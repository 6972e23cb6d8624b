/** The examples in React, Vue and Svelte show the same page, so what does not depend on the framework is the same in each. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/node-process.ts';

const EXAMPLES = ['react-vite', 'vue-vite', 'svelte-vite'].map((name) => join(root, 'examples', name));
const CHECK = readdirSync(join(root, 'examples/react-vite/check')).map((name) => `check/${name}`);
/** The page in React alone offers a passkey in the name field. */
const WITH_OFFER = ['check/journeys.mjs', 'src/cognito.ts'];

const inEach = (file: string) => EXAMPLES.map((folder) => readFileSync(join(folder, file), 'utf8'));

test.each([
  ...CHECK.filter((file) => !WITH_OFFER.includes(file)),
  ...['src/page.css', 'api.ts', 'pool.json', '.env', '.env.mfa', '.env.custom', 'triggers.mjs'],
])('%s is the same in each of the examples', (file) => {
  const [react, ...others] = inEach(file);
  for (const other of others) expect(other).toBe(react);
});

test.each(WITH_OFFER)(
  '%s is the same in Vue and Svelte, and in React apart from the offer of a passkey',
  (file) => {
    const [react = '', vue = '', svelte] = inEach(file);
    expect(svelte).toBe(vue);
    const expected = vue.split('\n');
    const added: string[] = [];
    for (const line of react.split('\n')) {
      if (line === expected[0]) expected.shift();
      else added.push(line);
    }
    expect(expected).toEqual([]);
    expect(added.length).toBeLessThan(10);
  },
);
