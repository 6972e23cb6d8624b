interface Judgement {
  readonly second: number;
  readonly last: number;
  readonly limit: number;
  readonly ok: boolean;
}
export function judgeHeap(heaps: readonly number[]): Judgement;
export function judgeRecords(counts: readonly number[]): Judgement;
export function judgeConnections(counts: readonly number[]): Judgement;
