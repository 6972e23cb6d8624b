/** Checks options field by field. A message names the field but quotes no value, because it may be a secret. */

/** @throws TypeError that names `path` and what the value must be, but not the value */
export type Check = (value: unknown, path: string) => void;

/** A check for each option. */
export type Checks<Options> = { readonly [Key in keyof Options]-?: Check };

/** @param whole what messages call an object without a path: `The seed` */
export function object(
  checks: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
  whole = '',
): Check {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalid(`${path || whole} must be an object`);
    }
    const inside = (key: string) => (path === '' ? key : `${path}.${key}`);
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(checks, key));
    if (unknown !== undefined) {
      throw invalid(
        `${inside(unknown)} is not a known field; the fields are ${Object.keys(checks).join(', ')}`,
      );
    }
    const fields = value as Readonly<Record<string, unknown>>;
    for (const [key, check] of Object.entries(checks)) {
      // An option that is undefined counts as absent
      const given = Object.hasOwn(fields, key) && fields[key] !== undefined;
      if (given || required.includes(key)) check(fields[key], inside(key));
    }
  };
}

/** @param unique the field that must differ between the items */
export function list(check: Check, unique?: string): Check {
  return (value, path) => {
    if (!Array.isArray(value)) throw invalid(`${path} must be an array`);
    value.forEach((item, index) => {
      check(item, `${path}[${index}]`);
    });
    if (unique === undefined) return;
    const keys = value.map((item: Readonly<Record<string, unknown>>) => item[unique]);
    const first = new Map<unknown, number>();
    for (const [index, key] of keys.entries()) {
      const earlier = first.get(key);
      if (earlier !== undefined) {
        throw invalid(`${path}[${index}].${unique} must differ from ${path}[${earlier}].${unique}`);
      }
      first.set(key, index);
    }
  };
}

/** An object whose members AWS's model describes. They are checked where they are used. */
export function anyObject(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(`${path} must be an object`);
}

export function mapOf(check: Check): Check {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalid(`${path} must be an object`);
    }
    for (const [key, item] of Object.entries(value)) check(item, `${path}.${key}`);
  };
}

export function text(pattern = /./s, expected = 'a string that is not empty'): Check {
  return (value, path) => {
    if (typeof value !== 'string') throw invalid(`${path} must be a string`);
    if (!pattern.test(value)) throw invalid(`${path} must be ${expected}`);
  };
}

export function oneOf(...values: readonly string[]): Check {
  return (value, path) => {
    if (!values.includes(value as string)) throw invalid(`${path} must be one of ${values.join(', ')}`);
  };
}

export function boolean(value: unknown, path: string): void {
  if (typeof value !== 'boolean') throw invalid(`${path} must be true or false`);
}

export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  const expected = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of ${least} or more`;
  return (value, path) => {
    const fits = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    if (!fits) throw invalid(`${path} must be a whole number ${expected}`);
  };
}

/** Also an instant, in milliseconds since the epoch. Clocks of tests may have parts of one. */
export function notNegative(value: unknown, path: string): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw invalid(`${path} must be a number of 0 or more`);
}

export function positive(value: unknown, path: string): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0)
    throw invalid(`${path} must be a number greater than 0`);
}

export function callable(value: unknown, path: string): void {
  if (typeof value !== 'function') throw invalid(`${path} must be a function`);
}

/** An object of the caller, which may have more than these methods. */
export function withMethods(...names: readonly string[]): Check {
  return (value, path) => {
    if (typeof value !== 'object' || value === null) throw invalid(`${path} must be an object`);
    for (const name of names) callable(Reflect.get(value, name), `${path}.${name}`);
  };
}

/** An option, or a member of a request that is read like options, is wrong. The message names it and quotes no value. */
export class InvalidOption extends TypeError {}

/** An option names something that the pool does not have. */
export class UnknownName extends RangeError {}

export const invalid = (message: string): InvalidOption => new InvalidOption(message);
