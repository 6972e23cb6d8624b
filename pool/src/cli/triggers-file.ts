/** Where the command finds Lambda triggers: in a module with handlers, and at an endpoint of the Lambda API. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PoolOptions, PoolServiceOptions, Trigger } from '../index.ts';
import { checkEachLambdaArn, LAMBDA_ENDPOINT } from '../options/trigger-checks.ts';
import type { LambdaEvent } from '../triggers/lambda-event.ts';
import { optionNameOf, TRIGGER_NAMES } from '../triggers/trigger-names.ts';
import { withinLimit } from '../triggers/within-limit.ts';
import type { Io } from './io.ts';
import { toUsageError, UsageError } from './usage-error.ts';

/** The options that the module stands for: those of each pool, and one that all have in common. */
type TriggerOptions = Pick<PoolOptions, 'triggers' | 'preTokenGenerationVersion'> &
  Pick<PoolServiceOptions, 'encodeSenderCode'>;

/** A module that awaits something for ever would otherwise end the command without a word. */
const LOAD_LIMIT_MS = 10_000;

const ENCODER = 'EncodeSenderCode';
const VERSION = 'PreTokenGenerationVersion';
const VERSIONS = ['V1_0', 'V2_0', 'V3_0'] as const;

/** What Node adds to the exports of a CommonJS module. */
const ADDED_BY_NODE = ['module.exports', '__esModule'];

/**
 * Loads a module whose exports are handlers, named as in LambdaConfig. They may also stand in an object that is its default export,
 * as those of a CommonJS module do.
 *
 * @param limitMs how long the module may take to load
 * @throws UsageError TRIGGERS_INVALID, which names the export
 */
export async function readTriggersFile(
  path: string,
  importModule: Io['importModule'],
  limitMs = LOAD_LIMIT_MS,
): Promise<TriggerOptions> {
  return triggersOf(membersOf(await load(path, importModule, limitMs)));
}

async function load(path: string, importModule: Io['importModule'], limitMs: number): Promise<object> {
  const url = pathToFileURL(resolve(path)).href;
  try {
    const loaded = await withinLimit(limitMs, undefined, () => importModule(url), undefined);
    if (typeof loaded === 'object' && loaded !== null) return loaded;
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw invalid(`The triggers file ${path} cannot be loaded: ${reason}`);
  }
  throw invalid(`The triggers file ${path} was not loaded after ${limitMs / 1000} s`);
}

/** The exports by name, with the members of the default export among them. */
function membersOf(loaded: object): ReadonlyMap<string, unknown> {
  const { default: object, ...named } = loaded as Readonly<Record<string, unknown>>;
  if (object !== undefined && (typeof object !== 'object' || object === null)) {
    throw invalid('The default export of the triggers file must be an object with handlers');
  }
  const members = new Map(Object.entries(object ?? {}));
  for (const [name, value] of Object.entries(named)) {
    // A CommonJS module has the same exports twice
    if (members.has(name) && members.get(name) !== value) {
      throw invalid(`The triggers file exports ${name} twice: by name, and in its default export`);
    }
    members.set(name, value);
  }
  for (const name of ADDED_BY_NODE) members.delete(name);
  return members;
}

function triggersOf(members: ReadonlyMap<string, unknown>): TriggerOptions {
  const triggers: Partial<Record<string, Trigger<LambdaEvent>>> = {};
  let version: TriggerOptions['preTokenGenerationVersion'];
  let encoder: TriggerOptions['encodeSenderCode'];
  for (const [name, value] of members) {
    const trigger = TRIGGER_NAMES.find((each) => each === name);
    if (trigger) {
      if (!isHandler(value)) throw invalid(`The export ${name} of the triggers file must be a function`);
      triggers[optionNameOf(trigger)] = value;
    } else if (name === ENCODER) {
      if (!isEncoder(value)) throw invalid(`The export ${ENCODER} of the triggers file must be a function`);
      encoder = value;
    } else if (name === VERSION) {
      version = VERSIONS.find((each) => each === value);
      if (!version)
        throw invalid(`The export ${VERSION} of the triggers file must be ${VERSIONS.join(', ')}`);
    } else {
      throw invalid(
        `The triggers file exports ${JSON.stringify(name)}, which is not a trigger. The triggers are ${TRIGGER_NAMES.join(', ')}`,
      );
    }
  }
  // The functions of LambdaConfig may need an encoder alone
  if (Object.keys(triggers).length === 0 && !encoder) {
    throw invalid(`The triggers file exports no trigger. The triggers are ${TRIGGER_NAMES.join(', ')}`);
  }
  return {
    triggers,
    ...(version && { preTokenGenerationVersion: version }),
    ...(encoder && { encodeSenderCode: encoder }),
  };
}

/** Which event a handler takes is known by its name alone. */
const isHandler = (value: unknown): value is Trigger<LambdaEvent> => typeof value === 'function';

/** What it returns is checked when it is used. */
const isEncoder = (value: unknown): value is NonNullable<TriggerOptions['encodeSenderCode']> =>
  typeof value === 'function';

const invalid = (message: string): UsageError => new UsageError('TRIGGERS_INVALID', message);

/** Gives each pool of the seed the triggers of the file. */
export function withTriggers(
  seed: PoolServiceOptions,
  { encodeSenderCode, ...triggers }: TriggerOptions,
): PoolServiceOptions {
  return {
    ...seed,
    ...(encodeSenderCode && { encodeSenderCode }),
    pools: seed.pools.map((pool) => ({ ...pool, ...triggers })),
  };
}

/**
 * @param endpoint the value of `--lambda-endpoint`, which takes the place of the seed's `lambdaEndpoint`
 * @throws UsageError USAGE_INVALID for an endpoint that is not one, and for an ARN that has none
 */
export function withLambdaEndpoint(
  seed: PoolServiceOptions,
  endpoint: string | undefined,
): PoolServiceOptions {
  try {
    if (endpoint !== undefined) LAMBDA_ENDPOINT(endpoint, '--lambda-endpoint');
    const options = { ...seed, ...(endpoint !== undefined && { lambdaEndpoint: endpoint }) };
    checkEachLambdaArn(options);
    return options;
  } catch (error) {
    throw error instanceof TypeError ? toUsageError(error.message) : error;
  }
}
