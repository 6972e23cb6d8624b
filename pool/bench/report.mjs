/** Writes what the bench of the pool measured into pool/docs/performance.md, between markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const page = resolve(import.meta.dirname, '../docs/performance.md');

/** @throws Error if the page does not have both markers once */
export function writeBetween(name, text) {
  const [before, rest, ...more] = readFileSync(page, 'utf8').split(`<!-- ${name} -->\n`);
  const at = rest?.indexOf(`<!-- /${name} -->`) ?? -1;
  if (at < 0 || more.length > 0)
    throw new Error(`pool/docs/performance.md has no <!-- ${name} --> … <!-- /${name} -->`);
  writeFileSync(page, `${before}<!-- ${name} -->\n\n${text}\n\n${rest.slice(at)}`);
}

/** @param part 0.5 for the median, 0.99 for the time that one of 100 exceeds */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}
