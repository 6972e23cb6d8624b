/** What holds of every case: which errors may come, what they may show, how long a case may take, and what stays unchanged. */
import { inspect } from 'node:util';
import { ArgumentError, ProtocolError, ServiceError } from '../../src/errors.ts';
import { errors as textsByCode } from '../../src/texts/en/english-errors.ts';
import { Fault } from './target.ts';

/** The compiler holds that there is a text for every code of the union. */
const CODES: ReadonlySet<string> = new Set(Object.keys(textsByCode));

/** How much of the processor's time a case may take. Other processes do not count, but the collector of garbage does, so it is tried again. */
export const SLOW_MS = 2000;
/** A case that has not ended by then never ends. */
const NEVER_MS = 60_000;
const TRIES = 3;

/** Whether an error is one of the package's, with a code of the closed union. */
export function checkNamedError(error: unknown): void {
  const isNamed =
    error instanceof ArgumentError || error instanceof ProtocolError || error instanceof ServiceError;
  if (!isNamed) throw new Fault(`Not one of the three errors: ${describe(error)}`);
  if (!CODES.has(error.code)) throw new Fault(`A code that is not of the union: ${error.code}`);
}

/** @param secrets what was given, and must not be shown however the error is printed */
export function checkShowsNone(error: unknown, secrets: readonly string[]): void {
  const shown = `${inspect(error, { depth: 8, showHidden: true, maxStringLength: 4096 })} ${String(error)}`;
  const found = secrets.find((secret) => shown.includes(secret));
  if (found !== undefined) throw new Fault(`An error shows the secret ${found}: ${shown.slice(0, 2000)}`);
}

/** What an error looks like in a report. */
export function describe(error: unknown): string {
  if (error instanceof Error)
    return `${error.name}: ${error.message.slice(0, 500)}\n${error.stack ?? ''}`.slice(0, 3000);
  return inspect(error).slice(0, 500);
}

const PROTOTYPES = [Object, Array, Function, String, Number, Boolean, Promise, Map, Set, Error].map(
  ({ prototype }: { readonly prototype: object }) => prototype,
);
const namesOf = (prototype: object): number => Reflect.ownKeys(prototype).length;
const NAMES_BEFORE = PROTOTYPES.map(namesOf);

function checkPrototypes(): void {
  const changed = PROTOTYPES.findIndex((prototype, index) => namesOf(prototype) !== NAMES_BEFORE[index]);
  if (changed !== -1)
    throw new Fault(`A prototype has other members than before: ${inspect(PROTOTYPES[changed])}`);
}

/**
 * Runs a case once, and again if it was slow.
 *
 * @returns how much of the processor's time it took, in milliseconds
 */
export async function runGuarded<Input>(run: (input: Input) => Promise<void>, input: Input): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let attempt = 1; attempt <= TRIES && shortest > SLOW_MS; attempt++) {
    const begin = process.cpuUsage();
    await withinLimit(run(input));
    const { user, system } = process.cpuUsage(begin);
    shortest = Math.min(shortest, (user + system) / 1000);
  }
  checkPrototypes();
  if (shortest > SLOW_MS)
    throw new Fault(`A case took ${Math.round(shortest)} ms of the processor, ${TRIES} times`);
  return shortest;
}

async function withinLimit(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Fault(`A case has not ended within ${NEVER_MS} ms`)), NEVER_MS);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
