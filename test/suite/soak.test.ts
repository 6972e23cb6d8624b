/** How a soak tells growth from noise, and what it does with options that make no sense. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { judgeConnections, judgeHeap, judgeRecords } from '../../scripts/soak/growth.mjs';

const SCRIPT = resolve(__dirname, '../../scripts/soak.mjs');
const MINUTES = Array.from({ length: 60 }, (_, minute) => minute);

test('records that are forgotten after some minutes have not grown', () => {
  // They are looked for once a minute or so, and some more flows are under way at times
  const counts = MINUTES.map((minute) => Math.min(minute, 12) * 40 + (minute % 3) * 20);
  expect(judgeRecords(counts)).toMatchObject({ ok: true, second: 520, last: 520 });
});

test('records that are never forgotten have grown', () => {
  expect(judgeRecords(MINUTES.map((minute) => minute * 40))).toMatchObject({ ok: false });
});

test('one record of each flow that is never forgotten is found among those that are', () => {
  expect(judgeRecords(MINUTES.map((minute) => 400 + minute * 10))).toMatchObject({ ok: false });
});

test('a heap that has warmed up has not grown, and one that goes on has', () => {
  const warmedUp = MINUTES.map((minute) => 22 - 6 * 0.7 ** minute + (minute % 2) * 0.5);
  expect(judgeHeap(warmedUp)).toMatchObject({ ok: true });
  expect(judgeHeap(MINUTES.map((minute) => 22 + minute * 0.3))).toMatchObject({ ok: false });
});

test('a busy moment has more open connections, which is not growth', () => {
  const counts = MINUTES.map((minute) => (minute % 5 === 0 ? 15 : 400));
  expect(judgeConnections(counts)).toMatchObject({ ok: true, second: 15, last: 15 });
  expect(judgeConnections(MINUTES.map((minute) => 15 + minute))).toMatchObject({ ok: false });
});

test.each([
  [['--minutes', '1'], '--minutes must be a number from 3 to 240'],
  [['--clock', 'fast'], '--clock must be a number from 1 to 20'],
])('the options %j are refused in one line', (args, line) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  expect(stderr).toBe(`${line}\n`);
  expect(stdout).toBe('0 passed, 1 failed\n');
  expect(status).toBe(1);
});
