/** The command `cognito-local-pool`: serves local user pools until it is stopped. */
import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import {
  createPoolService,
  type KeptPoolService,
  type Listening,
  type LogEntry,
  openPoolService,
  type PoolService,
  type PoolServiceOptions,
} from '../index.ts';
import { toServiceOptions } from '../options/service-options.ts';
import { DataLostError, toDataUsageError } from './data-errors.ts';
import { DEFAULT_POOL } from './default-pool.ts';
import { EXIT_CODES, reportFailure } from './failure-report.ts';
import { type Flags, parseFlags, readWholeNumber } from './flags.ts';
import { HELP } from './help.ts';
import type { Io } from './io.ts';
import { formatLogLine, formatWarning, type LogForm } from './log-lines.ts';
import { toPrintable } from './printable-text.ts';
import { readSeed } from './seed.ts';
import { readTriggersFile, withLambdaEndpoint, withTriggers } from './triggers-file.ts';
import { toUsageError, UsageError } from './usage-error.ts';
import { formatWelcome, formatWelcomeJson, type SignInHint, signInHintOf } from './welcome.ts';

/**
 * Runs the command. It never throws: a failure is written to `io.stderr`, with `--json` as one JSON object.
 *
 * @param args without the interpreter and the script: `['--port', '9229']`
 * @returns the exit code, once the pool has been stopped
 */
export async function runCommand(args: readonly string[], io: Io): Promise<number> {
  try {
    await serve(args, io);
    return EXIT_CODES.done;
  } catch (error) {
    return reportFailure(error, io.stderr, { json: args.includes('--json') });
  }
}

/** @throws UsageError */
async function serve(args: readonly string[], io: Io): Promise<void> {
  const flags = parseFlags(args);
  if (flags.has('help')) {
    io.stdout.write(HELP);
    return;
  }
  if (flags.has('version')) {
    io.stdout.write(`${io.version}\n`);
    return;
  }
  const port = readWholeNumber(flags, 'port', { min: 0, max: 65535 }) ?? 0;
  const host = flags.get('host') ?? LOOPBACK;
  const form = readLogForm(flags);
  const arithmetic = await io.startArithmetic();
  let kept: KeptPoolService | undefined;
  try {
    const opened = await openPools(flags, form, arithmetic, io);
    kept = opened.kept;
    const { service, hint } = opened;
    const listening = await listenOn(service, port, host);
    if (!isLoopback(host)) io.stderr.write(formatWarning(openHostWarning(host), form));
    // Signals are watched before the first line is written, because whoever reads it may stop the pool at once
    const stopped = io.untilStopped();
    io.stdout.write(
      flags.has('json')
        ? formatWelcomeJson(service, listening.endpoint)
        : formatWelcome(service, hint, listening.endpoint, kept),
    );
    await stopped;
    await listening.close();
  } finally {
    await kept?.close().catch((error: unknown) => {
      throw new DataLostError(error);
    });
    await arithmetic.close();
  }
}

/** The pools of the command. */
interface OpenedPools {
  readonly service: PoolService;
  /** Undefined if everything is in memory alone. */
  readonly kept: KeptPoolService | undefined;
  readonly hint: SignInHint;
}

/**
 * Opens the pools of the flags. The seed is not needed afterwards: one of 100 000 users has tens of megabytes.
 *
 * @throws UsageError SEED_UNREADABLE, SEED_INVALID, DATA_UNUSABLE, USAGE_INVALID
 */
async function openPools(flags: Flags, form: LogForm, arithmetic: Arithmetic, io: Io): Promise<OpenedPools> {
  const allowedHosts = readAllowedHosts(flags);
  const seedPath = flags.get('seed');
  const triggersPath = flags.get('triggers');
  const seeded = seedPath === undefined ? DEFAULT_POOL : toServiceOptions(await readSeed(seedPath));
  const seed = withLambdaEndpoint(
    triggersPath === undefined
      ? seeded
      : withTriggers(seeded, await readTriggersFile(triggersPath, io.importModule)),
    flags.get('lambda-endpoint'),
  );
  const log = (entry: LogEntry) => io.stderr.write(formatLogLine(entry, form));
  const options = {
    ...seed,
    arithmetic,
    allowedHosts: [...(seed.allowedHosts ?? []), ...allowedHosts],
    ...(!flags.has('quiet') && { log }),
    logTriggers: (line: string) => io.stderr.write(formatWarning(line, form)),
  };
  const kept = await openKept(flags.get('data'), options, io);
  return { service: kept ?? createPoolService(options), kept, hint: signInHintOf(seeded) };
}

/** @throws UsageError DATA_UNUSABLE */
async function openKept(
  dataFolder: string | undefined,
  options: PoolServiceOptions,
  io: Io,
): Promise<KeptPoolService | undefined> {
  if (dataFolder === undefined) return undefined;
  const logDataFolder = (line: string) => io.stderr.write(`cognito-local-pool: ${toPrintable(line)}\n`);
  try {
    return await openPoolService({ ...options, dataFolder, logDataFolder });
  } catch (error) {
    throw toDataUsageError(error);
  }
}

const LOOPBACK = '127.0.0.1';

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);

const openHostWarning = (host: string): string =>
  `It listens on ${host}, so everybody who reaches this machine can sign in, and can change users without a password`;

/** @throws UsageError USAGE_INVALID */
function readLogForm(flags: Flags): LogForm {
  const form = flags.get('log') ?? 'text';
  if (form !== 'text' && form !== 'json') throw toUsageError('--log must be text or json');
  if (flags.has('log') && flags.has('quiet')) throw toUsageError('--quiet leaves nothing for --log');
  return form;
}

/** @throws UsageError USAGE_INVALID */
function readAllowedHosts(flags: Flags): readonly string[] {
  const hosts = flags.getAll('allow-host');
  if (!hosts.every((host) => /^([\w.-]+|\[?[0-9a-f:.]+\]?)$/i.test(host))) {
    throw toUsageError('--allow-host must be a host name or an address, without scheme and port');
  }
  return hosts;
}

/** @throws UsageError PORT_UNAVAILABLE, HOST_UNAVAILABLE */
async function listenOn(service: PoolService, port: number, host: string): Promise<Listening> {
  try {
    return await service.listen(port, host);
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    if (/^(EADDRNOTAVAIL|ENOTFOUND|EAI_\w+|EINVAL)$/.test(code)) {
      throw new UsageError(
        'HOST_UNAVAILABLE',
        `--host must be an address of this machine or its name (${code})`,
      );
    }
    const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
    throw new UsageError(
      'PORT_UNAVAILABLE',
      `Port ${port} ${reason}. Choose another --port, or leave it out to get a free one`,
    );
  }
}
