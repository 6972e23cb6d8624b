/** Maps the claims of a provider to the attributes of a user, as AttributeMapping says. */

export type Claims = Readonly<Record<string, unknown>>;

/** The entry of AttributeMapping that names the user. It is not an attribute. */
const USERNAME = 'username';

/** The claim that names the user at the provider. Documented: `sub` for OIDC and Google. */
export const subjectClaim = (mapping: Readonly<Record<string, string>>): string => mapping[USERNAME] ?? 'sub';

/**
 * Makes attributes of claims. A claim that is missing, null or empty makes none, so that the user keeps the old value.
 *
 * @param mapping attribute → claim
 */
export function mapClaims(
  mapping: Readonly<Record<string, string>>,
  claims: Claims,
): Readonly<Record<string, string>> {
  const entries = Object.entries(mapping).flatMap(([attribute, claim]) => {
    const text = Object.hasOwn(claims, claim) ? claimText(claims[claim]) : '';
    return attribute === USERNAME || text === '' ? [] : [[attribute, text] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * Writes a claim as an attribute, which is always a text. Documented: several values become a list in brackets, separated by
 * commas, whose members are form-encoded. How an object is written is not known; here it is JSON.
 */
export function claimText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return `[${value.map((each) => formEncode(claimText(each))).join(',')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const formEncode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
