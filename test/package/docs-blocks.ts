/** Reads the pages of the documentation and their fenced blocks of code. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/node-process.ts';

const guide = readdirSync(join(root, 'docs/guide'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/guide/${name}`);
const pages = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'pool/README.md', ...guide].filter((path) =>
  existsSync(join(root, path)),
);

export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

export interface Block {
  readonly page: string;
  /** Names its page and its place there: `docs-guide-errors-1`. */
  readonly id: string;
  readonly language: string;
  /** Whether its fence says `ts run`. */
  readonly isComplete: boolean;
  readonly code: string;
}

export const blocks: readonly Block[] = pages.flatMap((page) =>
  [...textOf(page).matchAll(/^```(\w+)( run)?\n([\s\S]*?)^```/gm)].map(
    ([, language = '', isRun, code = ''], index) => ({
      page,
      id: `${page.replace(/\.md$/, '').replace(/\W/g, '-')}-${index + 1}`,
      language,
      isComplete: isRun !== undefined,
      code,
    }),
  ),
);

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function execute(
  file: string,
  args: readonly string[],
  { cwd = root, env = process.env } = {},
): Promise<Outcome> {
  return new Promise((done) => {
    execFile(file, args, { cwd, env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1) || 1, stdout, stderr });
    });
  });
}
