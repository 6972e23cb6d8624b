type Row = readonly string[];
export function median(values: readonly number[]): number;
export function quantile(values: readonly number[], part: number): number;
export function table(rows: readonly Row[]): string;
export function wideTable(rows: readonly Row[]): string;
export function writeBetween(page: string, name: string, text: string): void;
