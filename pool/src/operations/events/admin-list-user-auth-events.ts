/** AdminListUserAuthEvents: the sign-ins of a user that still have tokens, page by page. */
import type { Grant } from '../../domain/grants.ts';
import { LARGEST_PAGE, pageOf } from '../../domain/paging.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { AuthEventType } from '../../model/types.generated.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';
import { assertThreatProtection } from './threat-protection.ts';

/** The newest first. The service's order and its text for a wrong token are not known. */
export const adminListUserAuthEvents = poolOperation(
  'AdminListUserAuthEvents',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    assertThreatProtection(pool);
    const page = pageOf(
      pool.grants.active(user, pool.now()),
      ({ authTime, eventId }) => ({ time: -authTime, name: eventId }),
      {
        list: `events of ${user.sub}`,
        size: input.MaxResults || LARGEST_PAGE,
        token: input.NextToken,
        refuse: () => invalidParameter('Invalid NextToken'),
      },
    );
    return {
      AuthEvents: page.items.map(describeEvent),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
);

/** Makes an AuthEventType. Times are sent in seconds. */
const describeEvent = ({ authTime, eventId }: Grant): AuthEventType => ({
  CreationDate: authTime,
  EventContextData: { IpAddress: '127.0.0.1' },
  EventId: eventId,
  EventResponse: 'Pass',
  EventRisk: { RiskDecision: 'NoRisk', CompromisedCredentialsDetected: false },
  EventType: 'SignIn',
});
