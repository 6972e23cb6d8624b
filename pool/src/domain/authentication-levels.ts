/** Authentication levels: the methods that reach each, and the claims `acr` and `amr`. */

/** The values of `amr` that name one method. */
export type Method = 'pwd' | 'otp' | 'sms' | 'email_otp' | 'swk' | 'hwk';

interface Combination {
  readonly level: number;
  readonly methods: readonly Method[];
}

/** The developer guide's table of levels. Level 4 does not include passkeys. */
const COMBINATIONS: readonly Combination[] = [
  { level: 1, methods: ['pwd'] },
  { level: 2, methods: ['sms'] },
  { level: 2, methods: ['email_otp'] },
  { level: 3, methods: ['swk'] },
  { level: 3, methods: ['hwk'] },
  { level: 3, methods: ['pwd', 'sms'] },
  { level: 3, methods: ['pwd', 'email_otp'] },
  { level: 4, methods: ['pwd', 'otp'] },
];

/** The highest level that the methods fully reach, or 0. */
export const levelOf = (methods: readonly Method[]): number =>
  Math.max(
    0,
    ...COMBINATIONS.filter((each) => each.methods.every((method) => methods.includes(method))).map(
      ({ level }) => level,
    ),
  );

/** The level that a value of TARGET_ACR_VALUES names, if it names one. */
export function levelOfAcr(value: string): number | undefined {
  const [, level] = /^urn:cognito:loa:([1-4])$/.exec(value) ?? [];
  return level === undefined ? undefined : Number(level);
}

/**
 * The fewest methods that are missing to reach a level.
 *
 * @param done what the user has proved
 * @param available what the user can still prove
 * @returns undefined if the user cannot reach it
 */
export function missingMethods(
  level: number,
  done: readonly Method[],
  available: readonly Method[],
): readonly Method[] | undefined {
  const [fewest] = COMBINATIONS.filter((each) => each.level >= level)
    .map(({ methods }) => methods.filter((method) => !done.includes(method)))
    .filter((missing) => missing.every((method) => available.includes(method)))
    .sort((one, other) => one.length - other.length);
  return fewest;
}

/** The claims of both tokens. A sign-in by custom challenges alone has neither. */
export function levelClaims(methods: readonly Method[]): { readonly acr?: string; readonly amr?: string[] } {
  const distinct = [...new Set(methods)];
  const level = levelOf(distinct);
  if (distinct.length === 0) return {};
  return {
    ...(level > 0 && { acr: `urn:cognito:loa:${level}` }),
    amr: distinct.length > 1 ? [...distinct, 'mfa'] : distinct,
  };
}
