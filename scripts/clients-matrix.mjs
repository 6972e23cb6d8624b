/**
 * The matrix of clients and flows: what a run of `npm run test:clients` has found is compared with the cells that are kept, and
 * pool/docs/clients.md is written from them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { wideTable } from '../bench/report.mjs';
import { flowOf, reasonOf, TABLES, UNASKED } from './clients-flows.mjs';

const KEPT = resolve(import.meta.dirname, '../pool/test/clients/matrix.json');
const PAGE = resolve(import.meta.dirname, '../pool/docs/clients.md');
const [BEGIN, END] = ['<!-- matrix -->', '<!-- /matrix -->'];

/**
 * @typedef {{ is: 'works' | 'differs' | 'unknown' | 'fails', reason?: string }} Cell
 * @typedef {{ version: string, cells: Readonly<Record<string, Cell>> }} Column
 */

const tableOf = (client) => TABLES.find(({ clients }) => clients.includes(client));

/**
 * @param {string} client
 * @param {readonly { name: string, error?: string, differs?: string }[]} results of all cases of the client
 * @returns {Readonly<Record<string, Cell>>} by the flow
 * @throws Error if a case has no flow, or if a flow has neither a case nor a reason, or has both
 */
export function cellsOf(client, results) {
  const flows = Object.keys(tableOf(client).flows);
  const stray = results.find(({ name }) => !flows.includes(flowOf(name)));
  if (stray)
    throw new Error(`${client}: the case "${stray.name}" is of no flow in scripts/clients-flows.mjs`);
  return Object.fromEntries(flows.map((flow) => [flow, cellOf(client, flow, results)]));
}

function cellOf(client, flow, results) {
  const cases = results.filter(({ name }) => flowOf(name) === flow);
  const reason = reasonOf(client, flow);
  if (cases.length > 0 && reason !== undefined)
    throw new Error(`${client}: "${flow}" has a case, and a reason to have none`);
  if (cases.length === 0 && reason === undefined)
    throw new Error(`${client}: "${flow}" has no case, and no reason to have none`);
  if (reason !== undefined) return { is: 'unknown', reason };
  if (cases.some(({ error }) => error !== undefined)) return { is: 'fails' };
  const differences = cases.flatMap(({ differs }) => (differs === undefined ? [] : [differs]));
  if (differences.length === 0) return { is: 'works' };
  return { is: 'differs', reason: [...new Set(differences)].join(' ') };
}

/** @returns {Readonly<Record<string, Column>>} the kept columns, by the client */
export const readKept = () => JSON.parse(readFileSync(KEPT, 'utf8'));

/**
 * Keeps the columns of a run, and writes the page. Columns of clients that have not run stay as they are.
 *
 * @param {Readonly<Record<string, Column>>} columns
 */
export function writeMatrix(columns) {
  const kept = { ...readKept(), ...columns };
  const names = TABLES.flatMap(({ clients }) => clients).filter((name) => kept[name]);
  const ordered = Object.fromEntries(names.map((name) => [name, kept[name]]));
  writeFileSync(KEPT, `${JSON.stringify(ordered, undefined, 2)}\n`);
  writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), ordered));
}

/**
 * @param {Readonly<Record<string, Column>>} columns of the clients that have run
 * @returns {string | undefined} in what a run or the page differs from the kept columns
 */
export function differenceOf(columns, kept = readKept(), page = readFileSync(PAGE, 'utf8')) {
  const lines = Object.entries(columns).flatMap(([client, { version, cells }]) => [
    ...(version === kept[client]?.version ? [] : [`${client}: the version is ${version}`]),
    ...Object.entries(cells).flatMap(([flow, cell]) =>
      isDeepStrictEqual(cell, kept[client]?.cells[flow]) ? [] : [`${client}, ${flow}: ${wordsOf(cell)}`],
    ),
  ]);
  if (pageWith(page, kept) !== page) lines.push('pool/docs/clients.md is not what the kept cells say');
  if (lines.length === 0) return undefined;
  return [...lines, '`npm run test:clients -- --write` writes what it has found.'].join('\n');
}

const wordsOf = ({ is, reason }) => (reason === undefined ? is : `${is}: ${reason}`);

/** @returns the page with the tables of these columns between its markers */
export function pageWith(page, kept) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${PAGE} must have the markers ${BEGIN} and ${END}.`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${makeTables(kept)}\n\n${page.slice(end)}`;
}

/** A reason has one number, however many cells have it. */
function makeTables(kept) {
  const notes = [];
  const numberOf = (reason) => {
    if (!notes.includes(reason)) notes.push(reason);
    return notes.indexOf(reason) + 1;
  };
  const tables = TABLES.flatMap((table) => [`## ${table.title}`, makeTable(table, kept, numberOf)]);
  const list = notes.map((note, index) => `${index + 1}. ${note}`).join('\n');
  const unasked = Object.entries(UNASKED).map(([name, reason]) => `- \`${name}\`: ${reason}`);
  return [...tables, '## Notes', list, '## Challenges that are not run', unasked.join('\n')].join('\n\n');
}

function makeTable({ flows, clients }, kept, numberOf) {
  const head = ['flow', 'in the requests', ...clients];
  const versions = ['_version_', '', ...clients.map((client) => kept[client]?.version ?? '')];
  const rows = Object.entries(flows).map(([flow, wire]) => [
    flow,
    wire,
    ...clients.map((client) => textOf(kept[client]?.cells[flow], numberOf)),
  ]);
  return wideTable([head, versions, ...rows]);
}

const WORDS = { works: 'works', differs: 'works', unknown: '–', fails: '**fails**' };

function textOf(cell, numberOf) {
  if (cell === undefined) return '';
  return cell.reason === undefined ? WORDS[cell.is] : `${WORDS[cell.is]} [${numberOf(cell.reason)}]`;
}
