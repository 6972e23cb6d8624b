/** Judges whether something has grown: the last quarter of a run is compared with the second one, when everything that expires has begun to. */
import { median } from '../../bench/report.mjs';

/** Memory differs by what the garbage collector and the compiler keep. */
const HEAP = { part: 0.1, megabytes: 3 };
/** Records differ by which flows were under way, and by when the pool has tidied up. */
const RECORDS = { part: 0.25, records: 15 };

/**
 * @template Sample
 * @param {readonly Sample[]} samples at equal distances
 * @returns {readonly (readonly Sample[])[]} the four quarters. The first has what is left over
 */
export function quartersOf(samples) {
  const size = Math.floor(samples.length / 4);
  if (size === 0) throw new Error('A run needs four measurements or more');
  const first = samples.length - 3 * size;
  return [
    samples.slice(0, first),
    ...[0, 1, 2].map((i) => samples.slice(first + i * size, first + (i + 1) * size)),
  ];
}

/** @param {readonly number[]} heaps in megabytes, one for each measurement */
export function judgeHeap(heaps) {
  const [, second, , last] = quartersOf(heaps).map(median);
  const limit = second * (1 + HEAP.part) + HEAP.megabytes;
  return { second, last, limit, ok: last <= limit };
}

/** @param {readonly number[]} counts one for each measurement. Their peaks count, because a pool tidies up from time to time. */
export function judgeRecords(counts) {
  const [, second, , last] = quartersOf(counts).map((quarter) => Math.max(...quarter));
  const limit = second * (1 + RECORDS.part) + RECORDS.records;
  return { second, last, limit, ok: last <= limit };
}

/** @param {readonly number[]} counts of what every open connection has some of. The lowest of each quarter count, because a busy moment has many. */
export function judgeConnections(counts) {
  const [, second, , last] = quartersOf(counts).map((quarter) => Math.min(...quarter));
  const limit = second * (1 + RECORDS.part) + RECORDS.records;
  return { second, last, limit, ok: last <= limit };
}

export const TOLERANCES = `heap: ${HEAP.part * 100} % and ${HEAP.megabytes} MB; records: ${RECORDS.part * 100} % and ${RECORDS.records}`;
