/** What CreateUserPool makes of its input: the settings with the service's defaults, measured on a minimal pool. */
import { ServiceException } from '../../domain/service-exception.ts';
import type { CreateUserPoolRequest } from '../../model/types.generated.ts';
import type { Service } from '../../service/service.ts';
import {
  DEFAULT_ACCOUNT_RECOVERY,
  DEFAULT_LOCAL_SETTINGS,
  LOCAL_ACCOUNT,
  type LocalSettings,
  type PoolSettings,
} from '../../settings/pool-settings.ts';
import { newPoolSchema } from './pool-schema.ts';
import {
  acrConfigurationOf,
  DEFAULT_EMAIL,
  DEFAULT_MESSAGES,
  givenMembers,
  policiesOf,
  withMirroredValidity,
} from './setting-defaults.ts';

const DEFAULT_REGION = 'us-east-1';
const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Makes an id of the service's form in the region of the pools that are there. */
export function newPoolId({ pools, random }: Service): string {
  const [first] = pools.values();
  const name = Array.from(random.bytes(9), (byte) => ID_CHARACTERS.charAt(byte % ID_CHARACTERS.length));
  const id = `${first?.region ?? DEFAULT_REGION}_${name.join('')}`;
  // Only an rng that repeats itself gets here, and the pool that is there must not be lost
  if (pools.has(id)) throw new ServiceException('InternalErrorException', `There is a pool ${id} already.`);
  return id;
}

/**
 * What AWS has no setting for is as in the first pool, so that one seed sets it for the pools that clients create. An
 * issuer that names one pool is not that of another.
 */
export function newLocalSettings({ pools }: Service): LocalSettings {
  const [first] = pools.values();
  const { issuer, ...local } = first?.settings.local ?? DEFAULT_LOCAL_SETTINGS;
  return {
    ...local,
    issuer: issuer === 'endpoint' ? issuer : undefined,
    strictSchema: DEFAULT_LOCAL_SETTINGS.strictSchema,
  };
}

/** @param time milliseconds since the epoch */
export function newPoolSettings(
  input: CreateUserPoolRequest,
  Id: string,
  time: number,
  local: LocalSettings,
): PoolSettings {
  const { PoolName, Schema = [], UserPoolTags = {}, ...given } = input;
  const seconds = time / 1000;
  const Policies = policiesOf(given.Policies, given.AdminCreateUserConfig);
  return {
    userPool: {
      AccountRecoverySetting: DEFAULT_ACCOUNT_RECOVERY,
      DeletionProtection: 'INACTIVE',
      EmailConfiguration: DEFAULT_EMAIL,
      IssuerConfiguration: { Type: 'ORIGINAL' },
      KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
      LambdaConfig: {},
      MfaConfiguration: 'OFF',
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      // Documented; measured pools named their tier
      UserPoolTier: 'ESSENTIALS',
      ...givenMembers({ ...given, AcrConfiguration: acrConfigurationOf(given.AcrConfiguration) }),
      AdminCreateUserConfig: withMirroredValidity(given.AdminCreateUserConfig, Policies),
      Policies,
      VerificationMessageTemplate: { ...DEFAULT_MESSAGES, ...given.VerificationMessageTemplate },
      Arn: `arn:aws:cognito-idp:${Id.slice(0, Id.lastIndexOf('_'))}:${LOCAL_ACCOUNT}:userpool/${Id}`,
      CreationDate: seconds,
      Id,
      LastModifiedDate: seconds,
      Name: PoolName,
      SchemaAttributes: newPoolSchema(Schema),
      UserPoolTags,
    },
    mfa: given.SmsConfiguration
      ? {
          SmsMfaConfiguration: {
            SmsConfiguration: given.SmsConfiguration,
            SmsAuthenticationMessage: given.SmsAuthenticationMessage,
          },
        }
      : {},
    session: { UserSessionTracking: 'DISABLED' },
    local,
  };
}
