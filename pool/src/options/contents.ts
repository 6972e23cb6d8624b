/** Turns the options of `createUserPool`, or a seed file, into what a pool is made of. */
import { createSecret } from '../domain/client-secrets.ts';
import { addressForm } from '../domain/names.ts';
import type { Random } from '../domain/randomness.ts';
import { earlierRelyingParty } from '../domain/relying-party.ts';
import { RESOURCE_SERVER } from '../domain/resource-servers.ts';
import type { NewUser } from '../domain/user.ts';
import type { ExplicitAuthFlowsType, SchemaAttributeType } from '../model/types.generated.ts';
import type { Group, PoolContents } from '../service/pool.ts';
import {
  type Client,
  DEFAULT_ACCOUNT_RECOVERY,
  DEFAULT_LOCAL_SETTINGS,
  LOCAL_ACCOUNT,
  type PoolSettings,
} from '../settings/pool-settings.ts';
import { nameRulesOf } from '../settings/rules.ts';
import { STANDARD_ATTRIBUTES } from '../settings/schema.ts';
import { providerDocuments } from './identity-provider-options.ts';
import { oauthSettingsOf } from './oauth-client-options.ts';
import type {
  ClientOptions,
  GroupOptions,
  MfaOptions,
  ResourceServerOptions,
  UserOptions,
  UserPoolOptions,
} from './options.ts';
import { documentEntry, fromClientRecord, fromPoolRecord, fromSettingsRecord } from './pool-record.ts';
import type { ClientRecord, DocumentRecord, GroupRecord } from './snapshot-options.ts';
import { fromUserRecord } from './user-record.ts';

/** It has the form of AWS's ids, because other tools refuse another form. */
export const DEFAULT_POOL_ID = 'us-east-1_LocalPool';

const ALL_FLOWS: readonly ExplicitAuthFlowsType[] = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

export const DEFAULT_CLIENTS: readonly ClientOptions[] = [{ clientId: 'web', explicitAuthFlows: ALL_FLOWS }];

/** @param time milliseconds since the epoch: the date of what the options make */
export function contentsOf(options: UserPoolOptions, random: Random, time: number): PoolContents {
  const { clients = DEFAULT_CLIENTS, users = [], triggers = {}, groups = [], resourceServers = [] } = options;
  const { preTokenGenerationVersion } = options;
  const userPoolId = options.userPoolId ?? DEFAULT_POOL_ID;
  const seconds = time / 1000;
  const settings = options.settings
    ? fromSettingsRecord(options.settings)
    : settingsOf(options, userPoolId, seconds);
  const record = fromPoolRecord(options);
  return {
    ...record,
    documents: [
      ...record.documents,
      ...providerDocuments(options, userPoolId, seconds),
      ...resourceServers.map((server) => documentEntry(toResourceServer(server, userPoolId))),
    ],
    settings,
    clients: clients.map((client) =>
      'ClientId' in client
        ? fromClientRecord(client, userPoolId, time)
        : clientOf(client, options, userPoolId, seconds),
    ),
    users: users.map((user) => userOf(user, random, settings)),
    groups: groups.map((group) => groupOf(group, userPoolId, seconds)),
    triggers: { functions: triggers, preTokenGenerationVersion },
  };
}

export const idOfClient = (client: ClientOptions | ClientRecord): string =>
  'ClientId' in client ? client.ClientId : client.clientId;

function toResourceServer(
  { identifier, name = identifier.replace(/[^\w+=,.@-]/g, '-'), scopes }: ResourceServerOptions,
  UserPoolId: string,
): DocumentRecord {
  const Scopes = scopes.map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }));
  const document = { Identifier: identifier, Name: name, Scopes, UserPoolId };
  return { kind: RESOURCE_SERVER.name, id: identifier, document };
}

function groupOf(group: GroupOptions | GroupRecord, UserPoolId: string, seconds: number): Group {
  if ('GroupName' in group) return { ...group, UserPoolId };
  const { name, description, precedence, roleArn } = group;
  return {
    GroupName: name,
    UserPoolId,
    Description: description,
    Precedence: precedence,
    RoleArn: roleArn,
    CreationDate: seconds,
    LastModifiedDate: seconds,
  };
}

function settingsOf(options: UserPoolOptions, Id: string, seconds: number): PoolSettings {
  const { passwordPolicy = {}, devices, requiredAttributes = [], schema = [] } = options;
  const region = Id.slice(0, Id.lastIndexOf('_'));
  return {
    userPool: {
      Name: Id.slice(region.length + 1),
      Arn: `arn:aws:cognito-idp:${region}:${LOCAL_ACCOUNT}:userpool/${Id}`,
      CreationDate: seconds,
      LastModifiedDate: seconds,
      UserPoolTier: 'PLUS',
      MfaConfiguration: options.mfa ?? 'OPTIONAL',
      Policies: {
        PasswordPolicy: {
          MinimumLength: passwordPolicy.minimumLength ?? 8,
          RequireUppercase: passwordPolicy.requireUppercase ?? false,
          RequireLowercase: passwordPolicy.requireLowercase ?? false,
          RequireNumbers: passwordPolicy.requireNumbers ?? false,
          RequireSymbols: passwordPolicy.requireSymbols ?? false,
          TemporaryPasswordValidityDays: passwordPolicy.temporaryPasswordValidityDays ?? 7,
          PasswordHistorySize: passwordPolicy.passwordHistorySize,
        },
        SignInPolicy: {
          AllowedFirstAuthFactors: options.allowedFirstAuthFactors ?? [
            'PASSWORD',
            'WEB_AUTHN',
            'EMAIL_OTP',
            'SMS_OTP',
          ],
        },
      },
      DeviceConfiguration: devices && {
        ChallengeRequiredOnNewDevice: devices.challengeRequiredOnNewDevice ?? false,
        DeviceOnlyRememberedOnUserPrompt: devices.onlyRememberedOnUserPrompt ?? false,
      },
      SchemaAttributes: schemaOf(requiredAttributes, schema),
      // Options say what is sent to whom by the addresses of the users
      AutoVerifiedAttributes: options.autoVerifiedAttributes ?? ['email', 'phone_number'],
      UsernameAttributes: options.usernameAttributes,
      AliasAttributes: options.aliasAttributes,
      UsernameConfiguration:
        options.caseSensitive === undefined ? undefined : { CaseSensitive: options.caseSensitive },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: options.adminCreateUserOnly ?? false },
      UserAttributeUpdateSettings: {
        AttributesRequireVerificationBeforeUpdate: options.verifiedBeforeUpdate ?? [],
      },
      AccountRecoverySetting: DEFAULT_ACCOUNT_RECOVERY,
      LambdaConfig: {},
      DeletionProtection: 'INACTIVE',
      ...options.userPool,
      Id,
    },
    mfa: {
      SmsMfaConfiguration: {},
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: {},
      WebAuthnConfiguration: {
        RelyingPartyId: options.relyingPartyId ?? 'localhost',
        UserVerification: options.passkeyUserVerification ?? 'preferred',
        FactorConfiguration: options.passkeyFactorConfiguration ?? 'SINGLE_FACTOR',
      },
    },
    session: { UserSessionTracking: options.userSessionTracking ? 'ENABLED' : 'DISABLED' },
    local: {
      ...DEFAULT_LOCAL_SETTINGS,
      issuer: options.issuer,
      sessionPlacement: { ...DEFAULT_LOCAL_SETTINGS.sessionPlacement, ...options.sessionPlacement },
      wrongCodeKeepsSession: options.wrongCodeKeepsSession ?? true,
      secretBlockOnce: options.secretBlockOnce ?? false,
      deviceSession: options.deviceSession ?? 'optional',
      strictSchema: options.schema !== undefined,
      timestampToleranceMs: (options.timestampTolerance ?? 300) * 1000,
      lockout: options.lockout ?? true,
      relyingPartyOrigins: options.relyingPartyOrigins,
    },
  };
}

/** The standard attributes, with what the options require, and the custom ones. */
function schemaOf(
  required: readonly string[],
  custom: readonly SchemaAttributeType[],
): readonly SchemaAttributeType[] {
  const standard = STANDARD_ATTRIBUTES.map((attribute) => ({
    ...attribute,
    Required: attribute.Required === true || required.includes(attribute.Name),
    ...custom.find(({ Name }) => Name === attribute.Name),
  }));
  const names = STANDARD_ATTRIBUTES.map(({ Name }) => Name);
  const others = custom.filter(({ Name = '' }) => !names.includes(Name));
  // AWS cannot require a custom attribute, but the option of a local pool can
  const requiredOthers = required
    .filter((name) => !names.includes(name) && others.every(({ Name }) => Name !== name))
    .map(
      (Name): SchemaAttributeType => ({ Name, AttributeDataType: 'String', Mutable: true, Required: true }),
    );
  return [...standard, ...others, ...requiredOthers];
}

function clientOf(
  client: ClientOptions,
  options: UserPoolOptions,
  UserPoolId: string,
  seconds: number,
): Client {
  const { clientId, clientSecret, refreshTokenRotation: rotation, tokenValidityUnits: units = {} } = client;
  const { tokenValidity = 3600 } = options;
  const hiding = options.preventUserExistenceErrors ? 'ENABLED' : 'LEGACY';
  return {
    UserPoolId,
    ClientName: clientId,
    ClientId: clientId,
    secrets: clientSecret === undefined ? [] : [createSecret(clientId, clientSecret, [], seconds * 1000)],
    CreationDate: seconds,
    LastModifiedDate: seconds,
    ExplicitAuthFlows: client.explicitAuthFlows as readonly ExplicitAuthFlowsType[] | undefined,
    PreventUserExistenceErrors: client.preventUserExistenceErrors ?? hiding,
    RefreshTokenValidity: client.refreshTokenValidity ?? 30,
    AccessTokenValidity: client.accessTokenValidity ?? tokenValidity,
    IdTokenValidity: client.idTokenValidity ?? tokenValidity,
    TokenValidityUnits: {
      AccessToken: client.accessTokenValidity === undefined ? 'seconds' : (units.accessToken ?? 'hours'),
      IdToken: client.idTokenValidity === undefined ? 'seconds' : (units.idToken ?? 'hours'),
      RefreshToken: client.refreshTokenValidity === undefined ? 'days' : (units.refreshToken ?? 'days'),
    },
    AuthSessionValidity: client.authSessionValidity ?? options.authSessionValidity ?? 3,
    EnableTokenRevocation: client.enableTokenRevocation ?? true,
    ReadAttributes: client.readAttributes,
    WriteAttributes: client.writeAttributes,
    ...oauthSettingsOf(client),
    RefreshTokenRotation: rotation && {
      Feature: 'ENABLED',
      RetryGracePeriodSeconds: rotation.gracePeriodSeconds,
    },
  };
}

/** Makes the user of options. The verifier is computed when it is first needed. */
export function userOf(options: UserOptions, random: Random, settings: PoolSettings): NewUser {
  const { password, aliases = [], status = 'CONFIRMED', enabled = true, groups = [] } = options;
  const { sub = random.sub(), ...given } = options.attributes ?? {};
  // Where users sign in with an address, the user name is the `sub`, and the address is an attribute
  const kind = addressForm(options.username, nameRulesOf(settings).usernameAttributes);
  const username = kind === undefined ? options.username : sub;
  const attributes = kind === undefined ? given : { ...given, [kind]: options.username };
  return {
    username,
    sub,
    attributes,
    aliases,
    groups,
    status,
    enabled,
    seedPassword: password,
    ...(options.mfa && factorsOf(options.mfa, attributes)),
    ...fromUserRecord(options, earlierRelyingParty(settings)),
  };
}

/** The second factors of options: what they mean for a user with these attributes. */
export function factorsOf(
  { sms, totp, email, preferred }: MfaOptions,
  attributes: Readonly<Record<string, string>>,
): Pick<NewUser, 'attributes' | 'softwareToken' | 'mfa'> {
  const phone = sms === undefined ? {} : { phone_number: sms, phone_number_verified: 'true' };
  const factors = [
    ['SMS_MFA', sms !== undefined],
    ['SOFTWARE_TOKEN_MFA', totp !== undefined],
    ['EMAIL_OTP', email === true],
  ] as const;
  return {
    attributes: { ...attributes, ...phone },
    softwareToken: totp === undefined ? undefined : { secret: totp, friendlyName: undefined, usedSteps: [] },
    mfa: { enabled: factors.filter(([, on]) => on).map(([factor]) => factor), preferred },
  };
}
