/**
 * Runs a script as packages/core of Artillery 2 does, as far as examples/load-test needs it. Artillery itself installs the
 * clients of AWS, Azure and OpenTelemetry and a browser, which is too much for one test.
 *
 * - the processor is a path beside the script, loaded by import(), its exports in a plain object
 * - a virtual user's `vars` are the target, a row of the payload, the variables
 * - a function step is called with (context, events, done), after callbackify where it is asynchronous
 *
 * Unlike in Artillery, every row of the payload makes one user, and all users start at once.
 *
 *     node test/examples/artillery-stub.mjs load-test.yml --target http://127.0.0.1:9229 --variables '{}'
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { callbackify, parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { target: { type: 'string' }, variables: { type: 'string', default: '{}' } },
});
const scriptPath = resolve(positionals[0]);
const { config, scenarios } = readScript(readFileSync(scriptPath, 'utf8'));
const beside = (path) => resolve(dirname(scriptPath), path);

const namespace = await import(pathToFileURL(beside(config.processor)).href);
const processor = { ...(namespace.default ?? {}), ...namespace };
const rows = readFileSync(beside(config.payload.path), 'utf8').trim().split('\n');

const counters = {};
const histograms = {};
const events = new EventEmitter();
events.on('counter', (name, value) => {
  counters[name] = (counters[name] ?? 0) + value;
});
events.on('histogram', (name, value) => {
  histograms[name] = [...(histograms[name] ?? []), value];
});

const call = (name, context) =>
  new Promise((done, fail) => {
    const step = processor[name];
    const f = step.constructor.name === 'Function' ? step : callbackify(step);
    f(context, events, (error) => (error ? fail(error) : done()));
  });

await Promise.all(
  rows.map(async (row) => {
    const cells = row.split(',');
    const vars = { target: values.target ?? config.target };
    config.payload.fields.forEach((field, i) => {
      vars[field] = cells[i];
    });
    Object.assign(vars, config.variables, JSON.parse(values.variables));
    for (const { function: name } of scenarios[0].flow) await call(name, { vars });
  }),
);
console.log(JSON.stringify({ users: rows.length, counters, histograms }));

/** As much of YAML as the script uses: maps and lists by indentation, `[a, b]`, numbers, whole-line comments. */
function readScript(text) {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    // A map in a list is a list item of its own, and its members two further in
    .flatMap((line) => {
      const item = /^( *)- (.*)$/.exec(line);
      return item ? [`${item[1]}-`, `${item[1]}  ${item[2]}`] : [line];
    })
    .map((line) => ({ indent: line.search(/\S/), text: line.trim() }));
  const scalar = (value) =>
    value.startsWith('[')
      ? value
          .slice(1, -1)
          .split(',')
          .map((part) => scalar(part.trim()))
      : /^\d+$/.test(value)
        ? Number(value)
        : value;
  const block = (indent) => {
    const isList = lines[0]?.text === '-';
    const node = isList ? [] : {};
    while (lines[0]?.indent === indent) {
      const { text: line } = lines.shift();
      if (isList) node.push(block(lines[0].indent));
      else {
        const [, key, value] = /^([^:]+):\s*(.*)$/.exec(line);
        node[key] = value === '' ? block(lines[0].indent) : scalar(value);
      }
    }
    return node;
  };
  return block(0);
}
