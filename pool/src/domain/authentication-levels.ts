/** Authentication levels: the methods that reach each, and the claims `acr` and `amr`. */

import type { UserPoolType } from '../model/types.generated.ts';

/** The values of `amr` that name one method which the pool can ask for. */
export type OwnMethod = 'pwd' | 'otp' | 'sms' | 'email_otp' | 'swk' | 'hwk';

/**
 * A sign-in at an identity provider, with the level that AcrMapping makes of what the provider says. In `amr` all are `fed`. Whether
 * AWS then has the methods of the provider there is not known.
 */
export type FederatedMethod = 'fed' | 'fed2' | 'fed3' | 'fed4';

export type Method = OwnMethod | FederatedMethod;

/** Described in the model: what AcrMapping does not map counts as the lowest level. */
const FEDERATED_LEVELS: Readonly<Record<FederatedMethod, number>> = { fed: 1, fed2: 2, fed3: 3, fed4: 4 };

const isFederated = (method: Method): method is FederatedMethod => Object.hasOwn(FEDERATED_LEVELS, method);

/**
 * Reads the level of a sign-in at an identity provider.
 *
 * @param acr what the provider says of it
 * @param mapping the provider's AcrMapping: `Level1` to `Level4` → the value of the provider
 */
export function federatedMethod(acr: unknown, mapping: Readonly<Record<string, string>>): FederatedMethod {
  const { fed: _, ...higher } = FEDERATED_LEVELS;
  const methods = Object.keys(higher) as (keyof typeof higher)[];
  return methods.find((method) => mapping[`Level${higher[method]}`] === acr && acr !== undefined) ?? 'fed';
}

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
    0,
    ...methods.filter(isFederated).map((method) => FEDERATED_LEVELS[method]),
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
    amr: amrOf(distinct),
  };
}

const amrOf = (methods: readonly Method[]): string[] => {
  const values = methods.map((method) => (isFederated(method) ? 'fed' : method));
  return values.length > 1 ? [...values, 'mfa'] : values;
};
