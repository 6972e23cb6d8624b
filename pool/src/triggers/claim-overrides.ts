/** What PreTokenGeneration may change of tokens: its response, and the claims that it cannot touch. */
import { type GroupRoles, groupClaims } from '../domain/group-claims.ts';
import { SCOPE } from '../domain/scopes.ts';
import type { LambdaResponse } from './lambda-event.ts';
import { readObject, readText, readTextList } from './response-members.ts';
import { unrecognizable } from './run-trigger.ts';

type Claims = Readonly<Record<string, unknown>>;

/** The claims of both tokens. */
export interface ClaimSets {
  /** Undefined if no ID token is issued. */
  readonly id: Claims | undefined;
  readonly access: Claims;
}

/** The changes of one token. */
interface TokenChanges {
  readonly added: Claims;
  readonly suppressed: readonly string[];
  readonly addedScopes: readonly string[];
  readonly suppressedScopes: readonly string[];
}

export interface ClaimOverride {
  readonly id: TokenChanges;
  readonly access: TokenChanges;
  /** Undefined: the groups stay. */
  readonly groups: GroupRoles | undefined;
}

const NO_CHANGES: TokenChanges = { added: {}, suppressed: [], addedScopes: [], suppressedScopes: [] };
const NO_GROUPS: GroupRoles = { groups: [], roles: [], preferredRole: undefined };

/**
 * Reads the response. Documented: an override without groups, or with null for them, suppresses the groups. Programs in the field
 * leave the member out and keep their groups, so a missing member changes nothing.
 *
 * @param isFirst whether it is that of version V1_0
 * @throws ServiceException InvalidLambdaResponseException
 */
export function readOverride(response: LambdaResponse, isFirst: boolean): ClaimOverride {
  const details =
    readObject(response, isFirst ? 'claimsOverrideDetails' : 'claimsAndScopeOverrideDetails') ?? {};
  const groups = Object.hasOwn(details, 'groupOverrideDetails')
    ? readGroups(readObject(details, 'groupOverrideDetails') ?? {})
    : undefined;
  if (isFirst) return { id: readChanges(details, isText), access: NO_CHANGES, groups };
  return {
    id: readChanges(readObject(details, 'idTokenGeneration') ?? {}, isIdClaim),
    access: readChanges(readObject(details, 'accessTokenGeneration') ?? {}, isClaimValue),
    groups,
  };
}

function readChanges(
  details: LambdaResponse,
  isAllowed: (value: unknown, name: string) => boolean,
): TokenChanges {
  const added = readObject(details, 'claimsToAddOrOverride') ?? {};
  if (!Object.entries(added).every(([name, value]) => isAllowed(value, name))) throw unrecognizable();
  const addedScopes = readTextList(details, 'scopesToAdd') ?? [];
  // RFC 6749 section 3.3: a space separates scopes. AWS's refusal is not known.
  if (addedScopes.some((scope) => !SCOPE.test(scope))) throw unrecognizable();
  return {
    added,
    suppressed: readTextList(details, 'claimsToSuppress') ?? [],
    addedScopes,
    suppressedScopes: readTextList(details, 'scopesToSuppress') ?? [],
  };
}

const readGroups = (details: LambdaResponse): GroupRoles => ({
  groups: readTextList(details, 'groupsToOverride') ?? NO_GROUPS.groups,
  roles: readTextList(details, 'iamRolesToOverride') ?? NO_GROUPS.roles,
  preferredRole: readText(details, 'preferredRole'),
});

/** Captured: a list as the value of a claim makes the output of version V1_0 unrecognizable. */
const isText = (value: unknown): boolean => typeof value === 'string';

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** Documented: strings, numbers, booleans, lists of these, and JSON objects. */
const isClaimValue = (value: unknown): boolean =>
  isScalar(value) ||
  (Array.isArray(value) ? value.every(isScalar) : typeof value === 'object' && value !== null);

/** Documented: these claims of the ID token take no list and no object. */
const SCALAR_CLAIMS: readonly string[] = ['phone_number_verified', 'email_verified', 'updated_at', 'address'];

const isIdClaim = (value: unknown, name: string): boolean =>
  SCALAR_CLAIMS.includes(name) ? isScalar(value) : isClaimValue(value);

/** Documented for version V1_0: these claims stay as they are. A change of them has no effect. */
const FIXED: readonly string[] = [
  'acr',
  'amr',
  'at_hash',
  'aud',
  'auth_time',
  'azp',
  'cognito:username',
  'exp',
  'iat',
  'identities',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'sub',
  'token_use',
];

/** In an access token these as well. The list is inferred from AWS's newer guide, which has no complete one. */
const FIXED_IN_ACCESS: readonly string[] = [
  ...FIXED,
  'client_id',
  'device_key',
  'event_id',
  'scope',
  'username',
  'version',
];

/** @param clientId the only `aud` that a trigger can give an access token. Reported, not documented. */
export function changeClaims<Sets extends ClaimSets>(
  claims: Sets,
  { id, access, groups }: ClaimOverride,
  clientId: string,
): Sets {
  const mayChange = (name: string, value: unknown) =>
    !FIXED_IN_ACCESS.includes(name) ||
    (name === 'aud' && value === clientId && !Object.hasOwn(claims.access, 'aud'));
  const withGroups = {
    id: claims.id && (groups ? replaceGroups(claims.id, groups) : claims.id),
    access: groups ? replaceGroups(claims.access, { ...NO_GROUPS, groups: groups.groups }) : claims.access,
  };
  return {
    ...claims,
    id: withGroups.id && changeOne(withGroups.id, id, (name) => !FIXED.includes(name)),
    access: changeScopes(changeOne(withGroups.access, access, mayChange), access),
  };
}

/** Documented: a claim that is added and suppressed is suppressed. */
function changeOne(
  claims: Claims,
  { added, suppressed }: TokenChanges,
  mayChange: (name: string, value?: unknown) => boolean,
): Claims {
  const changes = Object.entries(added).filter(([name, value]) => mayChange(name, value));
  const merged = { ...claims, ...Object.fromEntries(changes) };
  return Object.fromEntries(
    Object.entries(merged).filter(
      ([name, value]) =>
        !suppressed.includes(name) || (Object.hasOwn(claims, name) && !mayChange(name, value)),
    ),
  );
}

/** A token whose scopes are all suppressed has no `scope`. What AWS does then is not known. */
function changeScopes(claims: Claims, { addedScopes, suppressedScopes }: TokenChanges): Claims {
  if (addedScopes.length === 0 && suppressedScopes.length === 0) return claims;
  const { scope, ...others } = claims;
  const before = typeof scope === 'string' ? scope.split(' ') : [];
  const after = [...new Set([...before, ...addedScopes])].filter((each) => !suppressedScopes.includes(each));
  return after.length === 0 ? others : { ...claims, scope: after.join(' ') };
}

const GROUP_CLAIMS: readonly string[] = ['cognito:groups', 'cognito:roles', 'cognito:preferred_role'];

function replaceGroups(claims: Claims, roles: GroupRoles): Claims {
  const others = Object.entries(claims).filter(([name]) => !GROUP_CLAIMS.includes(name));
  return { ...Object.fromEntries(others), ...groupClaims(roles) };
}
