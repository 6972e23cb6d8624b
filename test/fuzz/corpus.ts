/** The corpora: inputs that once had a fault, or that reach something special. Unit tests run them again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeptInput {
  /** What happened, or what is special. */
  readonly why: string;
  readonly input: unknown;
}

/** @param target the name of a target */
export function readCorpus(target: string): readonly KeptInput[] {
  // The script and the tests write no other form
  return JSON.parse(
    readFileSync(join(__dirname, 'corpus', `${target}.json`), 'utf8'),
  ) as readonly KeptInput[];
}
