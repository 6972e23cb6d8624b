/** TIMESTAMP equals Java's format, in every locale and time zone. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { formatTimestamp } from '../../src/srp/index.ts';
import java from '../../vectors/java-timestamps.json' with { type: 'json' };

const cases = java.cases as [ms: number, text: string][];
const expected = cases.map(([, text]) => text);

test('the vectors hold every day of 2028, every hour, and the years 1970, 1999 and 2100', () => {
  const days = new Set(expected.filter((text) => text.endsWith('2028')).map((t) => t.split(' ', 3).join()));
  expect(days.size).toBe(366);
  expect(new Set(expected.map((text) => text.split(' ')[3]?.slice(0, 2))).size).toBe(24);
  expect(new Set(expected.map((text) => text.slice(-4)))).toEqual(new Set(['2028', '1970', '1999', '2100']));
});

test(`equals ${java.source}`, () => {
  expect(cases.map(([ms]) => formatTimestamp(ms))).toEqual(expected);
});

test('does not pad the day and pads the time', () => {
  expect(formatTimestamp(Date.UTC(2026, 8, 4, 3, 5, 9))).toBe('Fri Sep 4 03:05:09 UTC 2026');
});

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
    // Else the child would not have been elsewhere at all
    expect(result).toMatchObject({ zone, locale: tag });
    expect(result.texts).toEqual(expected);
  });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])('refuses %p as a time', (now) => {
  expect(() => formatTimestamp(now)).toThrow(
    expect.objectContaining({ name: 'ArgumentError', code: 'OPTION_INVALID', field: 'now' }),
  );
});
