/** A service whose pools have something of every kind, and what the members of inputs name in it. */
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { inThisThread } from '../../src/arithmetic/arithmetic.ts';
import { createRandom } from '../../src/domain/randomness.ts';
import { createFaults } from '../../src/faults/faults.ts';
import { NO_LOG } from '../../src/http/request-log.ts';
import { handle } from '../../src/http/routes.ts';
import { contentsOf } from '../../src/options/contents.ts';
import type { UserPoolOptions } from '../../src/options/options.ts';
import { createService } from '../../src/service/service.ts';
import { SIGNED } from '../admin-calls.ts';
import { type Members, nameMembers } from '../named-members.ts';
import { PASSWORD, type Reply } from '../wire.ts';
import { keptState } from './kept-state.ts';

const TIME = Date.UTC(2026, 10, 27, 12, 0, 0);
const POOL = 'us-east-1_LocalPool';

/** A pool that the service does not have. */
export const NO_POOL = 'us-east-1_NoSuchPool';

const ALL_FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

const OPTIONS: UserPoolOptions = {
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      attributes: { email: 'alice@example.com', email_verified: 'true', phone_number: '+15555550100' },
    },
    { username: 'gone', password: PASSWORD },
  ],
  groups: [{ name: 'writers' }],
  devices: {},
  userSessionTracking: true,
  userPool: { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } },
};

export type Input = Members;

export interface World {
  /** Sends a request as an administrator, and gives the status and the body. */
  readonly call: (operation: string, input: unknown) => Promise<Reply>;
  /** Everything that the pools have. */
  readonly state: () => unknown;
  /** What a member with this name has to be to name something that is there. */
  readonly named: Input;
  /** The access token and the refresh token of a user who has been removed. */
  readonly gone: Readonly<Record<'AccessToken' | 'RefreshToken', string>>;
  /** The session of a SELECT_CHALLENGE that alice is asked. */
  readonly session: string;
  /** An access token of a pool that has been removed. */
  readonly tokenOfNoPool: string;
}

export async function createWorld(): Promise<World> {
  const random = createRandom();
  const now = () => TIME;
  const service = createService({ now, random, arithmetic: inThisThread }, createFaults([]), {
    modelledStatuses: false,
    unitOutput: 'empty',
  });
  const surface = { reset: () => {}, allowedHosts: [], log: NO_LOG };
  const fetch = (url: string | URL | Request, init?: RequestInit) =>
    handle(service, surface, new Request(url, init));
  const call: World['call'] = async (operation, input) => {
    const response = await sendRequest({ fetch }, operation, input, SIGNED);
    const body = JSON.parse((await response.text()) || '{}') as object;
    return { status: response.status, ...body } as unknown as Reply;
  };
  const must = async (operation: string, input: Input): Promise<Reply> => {
    const reply = await call(operation, input);
    if (reply.status === 200) return reply;
    throw new Error(`${operation}: ${JSON.stringify(reply)}`);
  };
  const signIn = async (USERNAME: string, ClientId = 'web') => {
    const AuthParameters = { USERNAME, PASSWORD };
    const reply = await must('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    return reply.AuthenticationResult;
  };

  const addPool = (userPoolId: string, clientId: string) => {
    const clients = [{ clientId, explicitAuthFlows: ALL_FLOWS }];
    service.addPool(contentsOf({ ...OPTIONS, userPoolId, clients }, random, TIME));
  };
  addPool(POOL, 'web');
  addPool('us-east-1_OtherPool', 'other');
  addPool(NO_POOL, 'removed');
  const { AccessToken: tokenOfNoPool } = await signIn('alice', 'removed');
  service.removePool(NO_POOL);

  const gone = await signIn('gone');
  await must('AdminDeleteUser', { UserPoolId: POOL, Username: 'gone' });

  const { Session, ...named } = await nameMembers({ userPoolId: POOL, password: PASSWORD, must });
  return {
    call,
    state: () => keptState(service),
    gone,
    session: String(Session),
    tokenOfNoPool,
    named,
  };
}
