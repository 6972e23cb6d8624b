/** Groups, page by page. */
import { placeOfGroup } from '../../domain/groups.ts';
import { invalidPageToken, LARGEST_PAGE, pageOf } from '../../domain/paging.ts';
import type { Outputs } from '../../model/types.generated.ts';
import type { Group } from '../../service/pool.ts';

export interface GroupPageInput {
  readonly Limit?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** @throws ServiceException InvalidParameterException for a token of another list */
export function listGroupPage(
  list: string,
  groups: Iterable<Group>,
  { Limit: size = LARGEST_PAGE, NextToken: token }: GroupPageInput,
): Outputs['ListGroups'] {
  const page = pageOf(groups, placeOfGroup, {
    list,
    size,
    token,
    refuse: invalidPageToken,
  });
  return { Groups: page.items, ...(page.token !== undefined && { NextToken: page.token }) };
}
