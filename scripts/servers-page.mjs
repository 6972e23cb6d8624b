/** Writes the matrix of servers and sign-ins in docs/guide/other-servers.md from the cases, and says whether the page has it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { wideTable } from '../bench/report.mjs';

const PAGE = resolve(import.meta.dirname, '../docs/guide/other-servers.md');
const [BEGIN, END] = ['<!-- matrix -->', '<!-- /matrix -->'];

/**
 * @param {readonly { name: string, right: string, attempts: readonly { by: string }[], differs?: object, notFor?: object }[]} cases
 * @param {Readonly<Record<string, string>>} versions by the server
 * @returns {string} the page with the matrix of these cases between its markers
 */
export function pageWith(cases, versions, page = readFileSync(PAGE, 'utf8')) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${PAGE} must have the markers ${BEGIN} and ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${makeMatrix(cases, versions)}\n\n${page.slice(end)}`;
}

export const writePage = (text) => writeFileSync(PAGE, text);

export const isWritten = (text) => readFileSync(PAGE, 'utf8') === text;

/** A reason has one number, however many cells have it. */
function makeMatrix(cases, versions) {
  const servers = Object.keys(versions);
  const notes = [];
  const numberOf = (server, reason) => {
    const note = `${server}: ${reason}.`;
    if (!notes.includes(note)) notes.push(note);
    return notes.indexOf(note) + 1;
  };
  const cellOf = (row, server) => {
    const differs = row.differs?.[server];
    if (differs) return `\`${differs.outcome}\` [${numberOf(server, differs.reason)}]`;
    const untried = row.notFor?.[server];
    if (untried) return `– [${numberOf(server, untried)}]`;
    const reliesOn = row.reliesOn?.[server];
    return reliesOn ? `as AWS [${numberOf(server, reliesOn)}]` : 'as AWS';
  };
  const head = ['sign-in', 'by', 'AWS', ...servers.map((name) => `${name} ${versions[name]}`)];
  const rows = cases.map((row) => [
    row.name,
    row.attempts.map(({ by }) => by).join(', '),
    `\`${row.right}\``,
    ...servers.map((server) => cellOf(row, server)),
  ]);
  return [wideTable([head, ...rows]), '', ...notes.map((note, index) => `${index + 1}. ${note}`)].join('\n');
}
