/** The built package inside other engines. `npm run test:runtimes` runs all that are installed. */
import { node } from '../package/run.ts';

const run = (name: string) => node(['scripts/runtimes.mjs', name]);

test.each(['node', 'hermes'])(
  '%s computes the corpus and signs in',
  async (name) => {
    expect(await run(name)).toMatch(new RegExp(`^ok +${name} .*\\d{3} cases and a sign-in\\n$`));
  },
  60_000,
);

test('so does Chromium, where it is installed', async () => {
  expect(await run('chromium')).toMatch(/^(ok {3}chromium .*|-- {3}chromium: not installed)\n$/);
}, 60_000);
