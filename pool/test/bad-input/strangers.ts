/** What each operation takes for a pool or a user that is not there, and how it refuses them. */
import type { OperationName } from '../../src/index.ts';
import { OPERATIONS } from '../../src/operations/index.generated.ts';
import { inputShape } from '../model/model-samples.ts';
import { PASSWORD, refused } from '../wire.ts';
import { type Input, NO_POOL, type World } from './world.ts';

type Refusal = ReturnType<typeof refused>;

/** Members that differ from those of a good input, and the refusal of that. */
export interface Stranger {
  readonly members: Input;
  readonly refusal: Refusal;
}

/** A text says why the operation meets no such stranger. */
export type Row = string | ((world: World) => Stranger);

const NOBODY = 'nobody';
const NO_USER = refused('UserNotFoundException', 'User does not exist.');
const WRONG_SESSION = refused('NotAuthorizedException', 'Invalid session for the user.');

const noPool: Refusal = refused('ResourceNotFoundException', `User pool ${NO_POOL} does not exist.`);

/** By the members that name a pool. The first one that an operation has decides. */
const POOL_MEMBERS: readonly (readonly [member: string, row: (world: World) => Stranger])[] = [
  ['UserPoolId', () => ({ members: { UserPoolId: NO_POOL }, refusal: noPool })],
  [
    'ClientId',
    () => ({
      members: { ClientId: NOBODY },
      refusal: refused('ResourceNotFoundException', `User pool client ${NOBODY} does not exist.`),
    }),
  ],
  [
    'AccessToken',
    ({ tokenOfNoPool: AccessToken }) => ({
      members: { AccessToken },
      refusal: refused('NotAuthorizedException', 'Invalid Access Token'),
    }),
  ],
  [
    'ResourceArn',
    ({ named: { ResourceArn, UserPoolId } }) => ({
      members: { ResourceArn: `${ResourceArn}`.replace(`${UserPoolId}`, NO_POOL) },
      refusal: noPool,
    }),
  ],
];

/** The operations that these members do not describe. */
const POOL_ROWS: { readonly [Name in OperationName]?: Row } = {
  CreateUserPool: 'it names no pool',
  DescribeUserPoolDomain: 'it describes an unknown domain as empty',
  ListUserPools: 'it names no pool',
  RevokeToken: () => ({
    members: { ClientId: NOBODY },
    refusal: refused('UnauthorizedException', 'Invalid client or secret'),
  }),
};

const identity = { ProviderName: 'Cognito', ProviderAttributeValue: NOBODY };

const USER_ROWS: { readonly [Name in OperationName]?: Row } = {
  AdminCreateUser: () => ({ members: { Username: NOBODY, MessageAction: 'RESEND' }, refusal: NO_USER }),
  AdminDisableProviderForUser: () => ({ members: { User: identity }, refusal: NO_USER }),
  AdminInitiateAuth: () => ({
    members: { AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: NOBODY, PASSWORD } },
    refusal: NO_USER,
  }),
  AdminLinkProviderForUser: () => ({
    members: {
      DestinationUser: identity,
      SourceUser: { ProviderName: 'Google', ProviderAttributeValue: '1' },
    },
    refusal: NO_USER,
  }),
  AdminRespondToAuthChallenge: answerOfNobody,
  GetClientToken: 'the token has no user',
  GetTokensFromRefreshToken: ({ gone: { RefreshToken } }) => ({
    members: { RefreshToken },
    refusal: refused('NotAuthorizedException', 'The user has been deleted for the associated refresh token'),
  }),
  InitiateAuth: () => ({
    members: { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: NOBODY, PASSWORD } },
    refusal: NO_USER,
  }),
  RespondToAuthChallenge: answerOfNobody,
  RevokeToken: 'a token of nobody is not an error',
  SignUp: 'the name is that of a new user',
  UpdateAuthEventFeedback: () => ({ members: { Username: NOBODY }, refusal: NO_USER }),
};

/** Another name than that of the user whose session it is. */
function answerOfNobody({ session: Session }: World): Stranger {
  return {
    members: {
      Session,
      ChallengeName: 'SELECT_CHALLENGE',
      ChallengeResponses: { USERNAME: NOBODY, ANSWER: 'PASSWORD' },
    },
    refusal: WRONG_SESSION,
  };
}

const membersOf = (operation: string) => Object.keys(inputShape(operation).members ?? {});

/** @throws Error for an operation of which nothing here says what names its pool */
export function unknownPool(operation: OperationName): Row {
  const names = membersOf(operation);
  const row = POOL_ROWS[operation] ?? POOL_MEMBERS.find(([member]) => names.includes(member))?.[1];
  if (row) return row;
  throw new Error(`${operation} needs a row in POOL_ROWS: which input names a pool that does not exist?`);
}

/** @throws Error for an operation of which nothing here says what names its user */
export function unknownUser(operation: OperationName): Row {
  const row = USER_ROWS[operation];
  if (row) return row;
  const names = membersOf(operation);
  const { access } = OPERATIONS[operation] ?? {};
  if (names.includes('AccessToken')) {
    return ({ gone: { AccessToken } }) => ({ members: { AccessToken }, refusal: NO_USER });
  }
  if (names.includes('Username')) {
    const refusal =
      access === 'iam'
        ? NO_USER
        : refused('UserNotFoundException', 'Username/client id combination not found.');
    return () => ({ members: { Username: NOBODY }, refusal });
  }
  const mayNameUser = names.some((name) => /User$|^AuthParameters$|^ChallengeResponses$/.test(name));
  if (access === 'iam' && !mayNameUser) return 'it names no user';
  throw new Error(`${operation} needs a row in USER_ROWS: which input names a user that does not exist?`);
}
