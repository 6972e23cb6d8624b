/** Authentication levels: the methods that reach each, and the claims `acr` and `amr`. */

import type { UserPoolType } from '../model/types.generated.ts';

/** The values of `amr` that name one method which the pool can ask for. */
export type OwnMethod = 'pwd' | 'otp' | 'sms' | 'email_otp' | 'swk' | 'hwk';

/** The values of `amr` that name one method. `fed` is an identity provider, which does not tell how the user has signed in there. */
export type Method = OwnMethod | 'fed';

/**
 * Described in the model: what a provider says of its level counts as the lowest one, unless AcrMapping maps it. The pool stores an
 * AcrMapping without an effect.
 */
const FEDERATED_LEVEL = 1;

interface Combination {
  readonly level: number;
  readonly methods: readonly OwnMethod[];
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
    methods.includes('fed') ? FEDERATED_LEVEL : 0,
    ...COMBINATIONS.filter((each) => each.methods.every((method) => methods.includes(method))).map(
      ({ level }) => level,
    ),
  );

/** The pool's own names of levels, by `Level1` to `Level4`. A level without one has its default name. */
type AcrNames = UserPoolType['AcrConfiguration'];

const acrOf = (level: number, names: AcrNames): string =>
  names?.[`Level${level}`]?.AcrValue ?? `urn:cognito:loa:${level}`;

/** The level that a value of TARGET_ACR_VALUES names, if it names one. */
export const levelOfAcr = (value: string, names: AcrNames): number | undefined =>
  [1, 2, 3, 4].find((level) => acrOf(level, names) === value);

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
  available: readonly OwnMethod[],
): readonly OwnMethod[] | undefined {
  const [fewest] = COMBINATIONS.filter((each) => each.level >= level)
    .map(({ methods }) => methods.filter((method) => !done.includes(method)))
    .filter((missing) => missing.every((method) => available.includes(method)))
    .sort((one, other) => one.length - other.length);
  return fewest;
}

/** The claims of both tokens. A sign-in by custom challenges alone has neither. */
export function levelClaims(
  methods: readonly Method[],
  names: AcrNames,
): { readonly acr?: string; readonly amr?: string[] } {
  const distinct = [...new Set(methods)];
  const level = levelOf(distinct);
  if (distinct.length === 0) return {};
  return {
    ...(level > 0 && { acr: acrOf(level, names) }),
    amr: distinct.length > 1 ? [...distinct, 'mfa'] : distinct,
  };
}
