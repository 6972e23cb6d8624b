/** Which of the clients of others run: those that were named or all, without those whose toolchains are not there. */
import { parseArgs } from 'node:util';
import { findCommands, findToolchains } from './toolchains.mjs';

/**
 * @param {readonly string[]} args languages, `--all` and `--write`
 * @param {boolean} inCi where nobody reads what was left out, everything has to run
 * @param {typeof import('./clients-installed.mjs').LANGUAGES} languages
 * @returns the chosen languages with the commands of their toolchains, the line that says what is left out, and `write`
 * @throws Error if an argument is unknown, or if a toolchain is missing that has to be there
 */
export function chooseLanguages(args, inCi, languages) {
  const options = { all: { type: 'boolean' }, write: { type: 'boolean', default: false } };
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const known = Object.keys(languages);
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown) throw new Error(`"${unknown}" is not one of ${known.join(', ')}`);
  const names = positionals.length > 0 ? known.filter((name) => positionals.includes(name)) : known;
  const found = names.map((name) => ({ name, ...findCommands(languages[name].needs) }));
  const chosen = found.filter(({ missing }) => missing.length === 0);
  if (values.all || inCi || positionals.length > 0 || chosen.length === 0) {
    const needs = names.map((name) => languages[name].needs);
    findToolchains('npm run test:clients', Object.assign({}, ...needs));
  }
  return {
    chosen: chosen.map(({ name, commands }) => ({ name, commands })),
    leftOut: sayWhatIsLeftOut(
      found.filter(({ missing }) => missing.length > 0),
      languages,
    ),
    write: values.write,
  };
}

/** @returns one line, or undefined if nothing is left out */
function sayWhatIsLeftOut(languagesLeftOut, languages) {
  if (languagesLeftOut.length === 0) return undefined;
  const parts = languagesLeftOut.map(({ name, missing }) => {
    const needs = missing.map((toolchain) => languages[name].needs[toolchain].need).join(' and ');
    return `${Object.keys(languages[name].clients).join(', ')} (${needs} is missing)`;
  });
  return `Left out: ${parts.join('; ')}. With --all, or where CI is set, this is a failure.`;
}
