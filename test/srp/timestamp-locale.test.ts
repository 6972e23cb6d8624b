/** TIMESTAMP is the same in every locale and time zone. A process is started for each. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import esbuild from 'esbuild';
import java from '../../vectors/java-timestamps.json' with { type: 'json' };

const cases = java.cases as [ms: number, text: string][];
const expected = cases.map(([, text]) => text);

describe('the locale and the time zone of the machine take no part', () => {
  const bundle = esbuild.buildSync({
    stdin: {
      contents: `
        import { readFileSync } from 'node:fs';
        import { formatTimestamp } from './password-proof.ts';
        const times = JSON.parse(readFileSync(0, 'utf8'));
        process.stdout.write(JSON.stringify({
          zone: new Date(0).getTimezoneOffset(),
          locale: new Intl.DateTimeFormat().resolvedOptions().locale,
          texts: times.map(formatTimestamp),
        }));`,
      resolveDir: join(__dirname, '../../src/srp'),
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = bundle.outputFiles[0]?.text ?? '';
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cognito-srp-timestamp-'));
    writeFileSync(join(folder, 'timestamps.mjs'), code);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (env: Record<string, string>) =>
    JSON.parse(
      execFileSync(process.execPath, [join(folder, 'timestamps.mjs')], {
        env,
        input: JSON.stringify(cases.map(([ms]) => ms)),
        encoding: 'utf8',
      }),
    ) as { zone: number; locale: string; texts: string[] };

  test.each([
    ['Asia/Kolkata', 'ar_EG.UTF-8', -330, 'ar-EG'],
    ['America/New_York', 'th_TH.UTF-8', 300, 'th-TH'],
    ['Pacific/Kiritimati', 'fa_IR.UTF-8', 640, 'fa-IR'],
  ])('TZ=%s LC_ALL=%s', (TZ, locale, zone, tag) => {
    const result = run({ TZ, LANG: locale, LC_ALL: locale });
    // A process in the locale and the time zone of this machine would show nothing
    expect(result).toMatchObject({ zone, locale: tag });
    expect(result.texts).toEqual(expected);
  });
});
