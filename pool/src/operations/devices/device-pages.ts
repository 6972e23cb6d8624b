/** The devices of a user, page by page. */
import { LARGEST_PAGE, pageOf } from '../../domain/paging.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { Outputs } from '../../model/types.generated.ts';
import { describeDevice } from './device-description.ts';

export interface DevicePageInput {
  /** 0 means the largest page. */
  readonly Limit?: number | undefined;
  readonly PaginationToken?: string | undefined;
}

/**
 * Lists devices, the oldest first.
 *
 * @throws ServiceException InvalidParameterException. The service's text for a wrong token is not known.
 */
export function listDevicePage(user: User, input: DevicePageInput): Outputs['ListDevices'] {
  const devices = user.devices.filter(({ confirmed }) => confirmed);
  const page = pageOf(devices, ({ createdAt, key }) => ({ time: createdAt, name: key }), {
    list: `devices of ${user.sub}`,
    size: input.Limit || LARGEST_PAGE,
    token: input.PaginationToken,
    refuse: () => invalidParameter('Invalid pagination token'),
  });
  return {
    Devices: page.items.map(describeDevice),
    ...(page.token !== undefined && { PaginationToken: page.token }),
  };
}
