/** The groups and roles of a user, as tokens have them. */
import type { GroupType } from '../model/types.generated.ts';

/** The groups and the IAM roles of a user. */
export interface GroupRoles {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly preferredRole: string | undefined;
}

/**
 * Reads the roles of groups. The preferred role is that of the lowest precedence among the groups that have a role. Measured: a tie of
 * two roles gives none, and a group without precedence gives none either.
 *
 * @param groups in the order of the claim
 */
export function rolesOf(groups: readonly GroupType[]): GroupRoles {
  const withRole = groups.filter(
    ({ RoleArn, Precedence }) => RoleArn !== undefined && Precedence !== undefined,
  );
  const lowest = Math.min(...withRole.map(({ Precedence = 0 }) => Precedence));
  const preferred = new Set(withRole.flatMap((group) => (group.Precedence === lowest ? group.RoleArn : [])));
  const [preferredRole] = preferred;
  return {
    groups: groups.flatMap(({ GroupName }) => GroupName ?? []),
    roles: [...new Set(groups.flatMap(({ RoleArn }) => RoleArn ?? []))],
    preferredRole: preferred.size === 1 ? preferredRole : undefined,
  };
}

/** The claims about groups in the ID token. A claim without a value is left out. */
export const groupClaims = ({
  groups,
  roles,
  preferredRole,
}: GroupRoles): Readonly<Record<string, unknown>> => ({
  ...(groups.length > 0 && { 'cognito:groups': groups }),
  ...(roles.length > 0 && { 'cognito:roles': roles }),
  ...(preferredRole !== undefined && { 'cognito:preferred_role': preferredRole }),
});
