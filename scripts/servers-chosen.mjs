/** What a run of `npm run test:servers` tries: which servers, with which toolchains, and with which random passwords. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

/**
 * @param {readonly string[]} args names of servers, `--all`, `--write` and `--seed TEXT`
 * @param {boolean} inCi where nobody reads what was left out, everything has to run
 * @param {{ names: readonly string[], rust: import('./toolchains.mjs').Toolchain }} known the servers, and what fakecloud is built with
 * @returns the chosen servers, the line that says what is left out, and the other arguments
 * @throws Error if an argument is unknown, or if Rust is missing and has to be there
 */
export function chooseServers(args, inCi, { names, rust }) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      all: { type: 'boolean' },
      write: { type: 'boolean', default: false },
      seed: { type: 'string', default: randomBytes(8).toString('hex') },
    },
  });
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown) throw new Error(`"${unknown}" is not one of ${names.join(', ')}`);
  const wanted = positionals.length > 0 ? names.filter((name) => positionals.includes(name)) : names;
  const chosen = { servers: wanted, write: values.write, seed: values.seed };
  if (!wanted.includes('fakecloud') || rust.find() !== undefined) return chosen;
  if (values.all || inCi || positionals.length > 0)
    throw new Error(`npm run test:servers needs ${rust.need} for fakecloud`);
  return {
    ...chosen,
    servers: wanted.filter((name) => name !== 'fakecloud'),
    leftOut: `Left out: fakecloud, because ${rust.need} is missing. With --all, or where CI is set, this is a failure.`,
  };
}
