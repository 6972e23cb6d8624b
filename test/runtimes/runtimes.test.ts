/** The built package gives right answers inside every engine that is installed. */
import { evaluate, node, root, run } from '../support/node-process.ts';

const script = 'scripts/runtimes.mjs';
const passed = (name: string) => new RegExp(`^ok +${name} .*\\d{3} cases and a sign-in$`, 'm');

test.each(['node', 'hermes', 'chromium', 'firefox'])('%s computes the corpus and signs in', async (name) => {
  expect(await node([script, name])).toMatch(passed(name));
});

test('so does every other engine that is installed, and in CI all of them are', async () => {
  const found = await evaluate<Record<string, boolean>>(
    'module',
    `import { RUNTIMES } from './test/runtimes/runtimes.mjs';
     const others = RUNTIMES.filter(({ name }) => !['node', 'hermes', 'chromium', 'firefox'].includes(name));
     const files = await Promise.all(others.map(({ find }) => find()));
     console.log(JSON.stringify(Object.fromEntries(others.map(({ name }, i) => [name, files[i] !== undefined]))));`,
  );
  const [names, missing] = [true, false].map((isThere) =>
    Object.keys(found).filter((name) => found[name] === isThere),
  ) as [string[], string[]];
  // test:unit-runtimes and test:pool-loads install them, and .ci/run runs these two before
  if (process.env['CI']) expect(missing).toEqual([]);
  for (const name of names) expect(await node([script, name])).toMatch(passed(name));
}, 600_000);

const without = (names: string) => run(process.execPath, [script, `--without=${names}`], root);

test('Node alone is too few: a browser and Hermes have to run too', async () => {
  const { code, output } = await without('node-24,bun,deno,workerd,chromium,firefox,hermes');
  expect(output).toMatch(passed('node'));
  expect(output).toMatch(/FAIL no browser ran\nFAIL no hermes ran\n/);
  expect(code).toBe(1);
});

test('Hermes alone is too few: Node and a browser have to run too', async () => {
  const { code, output } = await without('node,node-24,bun,deno,workerd,chromium,firefox');
  expect(output).toMatch(passed('hermes'));
  expect(output).toMatch(/FAIL no node ran\nFAIL no browser ran\n/);
  expect(code).toBe(1);
});

test('an engine that is not known is an error', async () => {
  const { code, output } = await run(process.execPath, [script, 'chrmium'], root);
  expect(output).toMatch(/^Unknown: chrmium\. Engines: node, /);
  expect(code).toBe(2);
});

test('a named engine that is not there is a failure', async () => {
  const file = `${root}/scripts/runtimes.mjs`;
  const here = await evaluate<{ code: number; output: string }>(
    'module',
    `import { spawnSync } from 'node:child_process';
     const env = { ...process.env, FIREFOX_PATH: '/nowhere/firefox' };
     const { status, stderr } = spawnSync(process.execPath, [${JSON.stringify(file)}, 'firefox'], { env, encoding: 'utf8' });
     console.log(JSON.stringify({ code: status, output: stderr }));`,
  );
  expect(here.output).toMatch(/^FAIL firefox: FIREFOX_PATH is \/nowhere\/firefox/);
  expect(here.code).toBe(1);
});
