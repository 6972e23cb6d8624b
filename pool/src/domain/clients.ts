/** What the settings of an app client mean. AWS leaves most members out if they have their default. */
import type { ExplicitAuthFlowsType } from '../model/types.generated.ts';
import type { Client } from '../settings/pool-settings.ts';
import { ServiceException } from './service-exception.ts';

export const UNIT_SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof UNIT_SECONDS;

const DEFAULT_TOKEN_SECONDS = 3600;
const DEFAULT_REFRESH_DAYS = 30;
const DEFAULT_SESSION_MINUTES = 3;

/** How long access and ID tokens are valid, in seconds. Their default unit is the hour. */
export function tokenSeconds(client: Client, kind: 'AccessToken' | 'IdToken'): number {
  const validity = kind === 'AccessToken' ? client.AccessTokenValidity : client.IdTokenValidity;
  const unit = client.TokenValidityUnits?.[kind] as Unit | undefined;
  return validity === undefined ? DEFAULT_TOKEN_SECONDS : validity * UNIT_SECONDS[unit ?? 'hours'];
}

/** How long refresh tokens are valid, in milliseconds. Their default unit is the day, and 0 means the default. */
export function refreshTokenMs({
  RefreshTokenValidity: validity,
  TokenValidityUnits: units,
}: Client): number {
  const unit = units?.RefreshToken as Unit | undefined;
  const seconds = validity
    ? validity * UNIT_SECONDS[unit ?? 'days']
    : DEFAULT_REFRESH_DAYS * UNIT_SECONDS.days;
  return seconds * 1000;
}

/** How long a challenge can be answered, in milliseconds. */
export const sessionMs = ({ AuthSessionValidity: minutes = DEFAULT_SESSION_MINUTES }: Client): number =>
  minutes * 60_000;

/** Undefined if refresh tokens are not rotated. */
export function rotationOf({
  RefreshTokenRotation: rotation,
}: Client): { readonly graceSeconds: number } | undefined {
  if (rotation?.Feature !== 'ENABLED') return undefined;
  return { graceSeconds: rotation.RetryGracePeriodSeconds ?? 0 };
}

/** Whether RevokeToken works and tokens carry `origin_jti` and `jti`. */
export const revokesTokens = ({ EnableTokenRevocation }: Client): boolean => EnableTokenRevocation !== false;

export const hidesUsers = ({ PreventUserExistenceErrors }: Client): boolean =>
  PreventUserExistenceErrors === 'ENABLED';

/** The flows of a client that names none, as the service has them. */
const DEFAULT_FLOWS: readonly ExplicitAuthFlowsType[] = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

/** AWS's older names add to the default flows. CUSTOM_AUTH_FLOW_ONLY takes SRP away. */
export function flowsOf({ ExplicitAuthFlows: flows = DEFAULT_FLOWS }: Client): readonly string[] {
  if (flows.every((flow) => flow.startsWith('ALLOW_'))) return flows;
  const others = flows.includes('CUSTOM_AUTH_FLOW_ONLY')
    ? DEFAULT_FLOWS.filter((flow) => flow !== 'ALLOW_USER_SRP_AUTH')
    : DEFAULT_FLOWS;
  return [...flows, ...others];
}

export const hasSecret = ({ secrets }: Client): boolean => secrets.length > 0;

export const clientDoesNotExist = (clientId: string): ServiceException =>
  new ServiceException('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
