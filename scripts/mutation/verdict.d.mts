import type { Survivor } from './survivors.mjs';

/** What the verdict reads of Stryker's JSON report. */
export interface MutationReport {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>
  >;
}

export interface ReportedMutant {
  readonly status: string;
  readonly replacement: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Both are counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Verdict {
  readonly figures: {
    readonly mutants: number;
    readonly killed: number;
    readonly timeout: number;
    readonly survived: number;
    readonly argued: number;
    readonly score: number;
  };
  readonly problems: readonly string[];
}

export function judge(
  report: MutationReport,
  argued: readonly Survivor[],
  part: { readonly everySurvivorArgued?: boolean },
): Verdict;
