/** The settings of a pool: plain data, as AWS describes them, and what only a local pool has. */
import type {
  AccountRecoverySettingType,
  GetUserPoolMfaConfigResponse,
  GetUserPoolSessionConfigurationResponse,
  UserPoolClientType,
  UserPoolType,
} from '../model/types.generated.ts';

/** The AWS account of local pools, which is nobody's. */
export const LOCAL_ACCOUNT = '000000000000';

/** Measured: what a pool has if CreateUserPool does not say otherwise. */
export const DEFAULT_ACCOUNT_RECOVERY: AccountRecoverySettingType = {
  RecoveryMechanisms: [
    { Name: 'verified_email', Priority: 1 },
    { Name: 'verified_phone_number', Priority: 2 },
  ],
};

/** An app client, as DescribeUserPoolClient describes it. Its secrets are kept beside it. */
export interface Client extends Omit<UserPoolClientType, 'ClientSecret'> {
  readonly ClientId: string;
  /** The newest last. A client has at most two, and none if it needs none. */
  readonly secrets: readonly ClientSecret[];
  /** SSOSession.MaxValidityMinutes of SetUserPoolClientSessionConfiguration. */
  readonly ssoMinutes?: number | undefined;
}

export interface ClientSecret {
  readonly id: string;
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface PoolSettings {
  /** What DescribeUserPool describes, without the estimated number of users. */
  readonly userPool: UserPoolType & { readonly Id: string };
  /** What GetUserPoolMfaConfig describes besides MfaConfiguration, which is a part of the user pool. */
  readonly mfa: Omit<GetUserPoolMfaConfigResponse, 'MfaConfiguration'>;
  readonly session: Pick<GetUserPoolSessionConfigurationResponse, 'UserSessionTracking' | 'TokenSession'>;
  readonly local: LocalSettings;
}

/** Whether a reply carries a Session beside its challenge. */
export type Placement = 'present' | 'absent';

/** Whether replies carry a Session beside PASSWORD_VERIFIER, by flow, and beside DEVICE_PASSWORD_VERIFIER. */
export interface SessionPlacement {
  /** Default `absent`, as measured. */
  readonly USER_SRP_AUTH: Placement;
  /** Default `present`. AWS's behaviour is not known. */
  readonly CUSTOM_AUTH: Placement;
  /** Default `present`. AWS's behaviour is not known. */
  readonly USER_AUTH: Placement;
  /** Default `present`. AWS's behaviour is not known. */
  readonly DEVICE_PASSWORD_VERIFIER: Placement;
}

/** What AWS has no setting for: points at which its behaviour is not known or changes, and ways to test. */
export interface LocalSettings {
  /** The `iss` claim; `endpoint` is the endpoint of the request. Undefined: that of the service. */
  readonly issuer: string | undefined;
  readonly sessionPlacement: SessionPlacement;
  readonly wrongCodeKeepsSession: boolean;
  readonly secretBlockOnce: boolean;
  /** Whether device challenges may be answered without a Session, as pycognito does. */
  readonly deviceSession: 'required' | 'optional';
  /** Whether attributes must stand in the schema. */
  readonly strictSchema: boolean;
  readonly timestampToleranceMs: number;
  readonly lockout: boolean;
  readonly relyingPartyOrigins: readonly string[] | undefined;
}

export const DEFAULT_LOCAL_SETTINGS: LocalSettings = {
  issuer: undefined,
  sessionPlacement: {
    USER_SRP_AUTH: 'absent',
    CUSTOM_AUTH: 'present',
    USER_AUTH: 'present',
    DEVICE_PASSWORD_VERIFIER: 'present',
  },
  wrongCodeKeepsSession: true,
  secretBlockOnce: false,
  deviceSession: 'optional',
  strictSchema: true,
  timestampToleranceMs: 300_000,
  lockout: true,
  relyingPartyOrigins: undefined,
};
