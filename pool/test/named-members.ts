/** Something of every kind in a local pool, and what the members of inputs name of it. */
import { generateDeviceVerifier, type Rng } from '../../src/srp/index.ts';
import { leastInput } from './model/model-samples.ts';
import { claimsOf } from './raw-calls.ts';

export type Members = Readonly<Record<string, unknown>>;

/** The operations that make documents, and the members that name what they make. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  CreateIdentityProvider: 'ProviderName',
  CreateResourceServer: 'Identifier',
  CreateTerms: 'TermsId',
  CreateManagedLoginBranding: 'ManagedLoginBrandingId',
  CreateCIMDPolicy: 'CIMDPolicyId',
  CreateUserImportJob: 'JobId',
  CreateUserPoolDomain: 'Domain',
};

/** The members that {@link nameMembers} gives. */
export const NAMED_MEMBERS: readonly string[] = [
  'UserPoolId',
  'ClientId',
  'AccessToken',
  'RefreshToken',
  'Token',
  'Username',
  'GroupName',
  'DeviceKey',
  'EventId',
  'SessionId',
  'Session',
  'ResourceArn',
  ...Object.values(DOCUMENTS),
];

/** The pool: it tracks devices and sessions, and has the user alice, the group writers and the app client web with all flows. */
export interface WholePool {
  readonly userPoolId: string;
  /** That of alice. */
  readonly password: string;
  /** Sends a request as an administrator, and throws unless it is answered with 200. */
  readonly must: (operation: string, input: Members) => Promise<Members>;
  /** Makes the password of alice's device. Default: that of the engine. */
  readonly rng?: Rng | undefined;
}

interface SignedInOnNewDevice {
  readonly AccessToken: string;
  readonly RefreshToken: string;
  readonly NewDeviceMetadata: { readonly DeviceKey: string; readonly DeviceGroupKey: string };
}

/** Signs alice in on a new device, makes what is not there yet, and gives what each member has to be to name it. */
export async function nameMembers({ userPoolId, password, must, rng }: WholePool): Promise<Members> {
  const { AuthenticationResult } = await must('InitiateAuth', {
    ClientId: 'web',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'alice', PASSWORD: password },
  });
  const { AccessToken, RefreshToken, NewDeviceMetadata } = AuthenticationResult as SignedInOnNewDevice;
  const { DeviceKey, DeviceGroupKey } = NewDeviceMetadata;
  const { DeviceSecretVerifierConfig } = generateDeviceVerifier(
    { key: DeviceKey, groupKey: DeviceGroupKey },
    rng,
  );
  await must('ConfirmDevice', { AccessToken, DeviceKey, DeviceSecretVerifierConfig });
  await must('AdminAddUserToGroup', { UserPoolId: userPoolId, Username: 'alice', GroupName: 'writers' });
  const { Sessions } = await must('ListUserSessions', { AccessToken });
  const { Session } = await must('InitiateAuth', {
    ClientId: 'web',
    AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME: 'alice' },
  });
  const names: Record<string, unknown> = {
    UserPoolId: userPoolId,
    ClientId: 'web',
    AccessToken,
    RefreshToken,
    Token: RefreshToken,
    Username: 'alice',
    GroupName: 'writers',
    DeviceKey,
    EventId: claimsOf(AccessToken)['event_id'],
    SessionId: (Sessions as readonly Members[])[0]?.['SessionId'],
    Session,
    ResourceArn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${userPoolId}`,
  };
  for (const [operation, member] of Object.entries(DOCUMENTS)) {
    const input: Members = { ...leastInput(operation), UserPoolId: userPoolId, ClientId: 'web' };
    const reply = await must(operation, input);
    const described = Object.values(reply).find((value) => typeof value === 'object') as Members | undefined;
    names[member] = described?.[member] ?? input[member];
  }
  return names;
}
