/** Checks and reads what a seed has beyond the options, if it is the snapshot of a pool. */
import type { Method } from '../domain/authentication-levels.ts';
import { fromBase64Url } from '../domain/base64url.ts';
import type { IssuedCode } from '../domain/codes.ts';
import type { Grant, KeptToken, OAuthGrant } from '../domain/grants.ts';
import type { KeptKey } from '../domain/kept-key.ts';
import type { KeptLogin } from '../oauth/login-sessions.ts';
import type { PoolContents, StoredDocument } from '../service/pool.ts';
import {
  type Client,
  type ClientSecret,
  DEFAULT_LOCAL_SETTINGS,
  type LocalSettings,
  type PoolSettings,
  type SessionPlacement,
} from '../settings/pool-settings.ts';
import { checkCanBeWritten, ofShape } from './aws-shape.ts';
import {
  anyObject,
  boolean,
  type Check,
  type Checks,
  list,
  notNegative,
  object,
  oneOf,
  positive,
  text,
  whole,
} from './checks.ts';
import { rsaPrivateKey } from './signing-key-checks.ts';
import type { ClientRecord, DocumentRecord, PoolRecord } from './snapshot-options.ts';

const TIME = notNegative;

/** The methods are not looked at, because only the pool writes them. */
type UncheckedGrant = Omit<Grant, 'methods'> & { readonly methods: readonly Method[] };

const GRANT: Checks<UncheckedGrant> = {
  clientId: text(),
  username: text(),
  sub: text(),
  deviceKey: text(),
  methods: list(text()),
  hasLevel: boolean,
  authTime: TIME,
  oauth: object(
    { scopes: list(text()), nonce: text(/^/, 'a string'), resource: text() } satisfies Checks<OAuthGrant>,
    ['scopes'],
  ),
  originJti: text(),
  eventId: text(),
  sessionId: text(),
  originSessionId: text(),
  createdAt: TIME,
  expires: TIME,
  lastActiveAt: TIME,
  tokensExpire: TIME,
  revoked: boolean,
  replaced: list(text()),
};

const OPTIONAL_OF_GRANT = [
  'deviceKey',
  'oauth',
  'originJti',
  'sessionId',
  'originSessionId',
  'createdAt',
  'replaced',
  'tokensExpire',
];
const REQUIRED_OF_GRANT = Object.keys(GRANT).filter((name) => !OPTIONAL_OF_GRANT.includes(name));

const LOGIN: Checks<KeptLogin> = {
  session: text(),
  sub: text(),
  username: text(),
  sessionId: text(),
  clientId: text(),
  methods: list(text()),
  hasLevel: boolean,
  deviceKey: text(),
  identityProvider: text(),
  authTime: TIME,
  createdAt: TIME,
  expires: TIME,
};

const OPTIONAL_OF_LOGIN = ['sessionId', 'clientId', 'deviceKey', 'identityProvider'];
const REQUIRED_OF_LOGIN = Object.keys(LOGIN).filter((name) => !OPTIONAL_OF_LOGIN.includes(name));

/** A user pool as DescribeUserPool describes it. Its id is that of the pool. */
const USER_POOL: Check = (value, path) => {
  ofShape('UserPoolType')(value, path);
  // The check of the shape has let nothing else pass
  text()((value as Readonly<Record<string, unknown>>)['Id'], `${path}.Id`);
};

export const SESSION_PLACEMENT = object({
  USER_SRP_AUTH: oneOf('present', 'absent'),
  CUSTOM_AUTH: oneOf('present', 'absent'),
  USER_AUTH: oneOf('present', 'absent'),
  DEVICE_PASSWORD_VERIFIER: oneOf('present', 'absent'),
} satisfies Checks<SessionPlacement>);

const LOCAL_SETTINGS: Checks<LocalSettings> = {
  issuer: text(),
  sessionPlacement: SESSION_PLACEMENT,
  wrongCodeKeepsSession: boolean,
  secretBlockOnce: boolean,
  deviceSession: oneOf('required', 'optional'),
  strictSchema: boolean,
  timestampToleranceMs: positive,
  lockout: boolean,
  relyingPartyOrigins: list(text()),
};

/** AWS's shapes of the documents, by their kinds. Documents of other kinds are described as they are. */
const DOCUMENT_SHAPES: ReadonlyMap<unknown, string> = new Map([
  ['identityProvider', 'IdentityProviderType'],
  ['resourceServer', 'ResourceServerType'],
  ['managedLoginBranding', 'ManagedLoginBrandingType'],
  ['terms', 'TermsType'],
  ['cimdPolicy', 'CIMDPolicyType'],
  ['userImportJob', 'UserImportJobType'],
  ['riskConfiguration', 'RiskConfigurationType'],
  ['uiCustomization', 'UICustomizationType'],
  ['logDelivery', 'LogDeliveryConfigurationType'],
]);

const DOCUMENT: Check = (value, path) => {
  object({ kind: text(), id: text(/^/, 'a string'), document: anyObject } satisfies Checks<DocumentRecord>, [
    'kind',
    'id',
    'document',
  ])(value, path);
  // The check of the object has let nothing else pass
  const { kind, document } = value as DocumentRecord;
  const shape = DOCUMENT_SHAPES.get(kind);
  const check = shape === undefined ? checkCanBeWritten : ofShape(shape);
  check(document, `${path}.document`);
};

export const POOL_RECORD: Checks<PoolRecord> = {
  generation: whole(0),
  settings: object(
    {
      userPool: USER_POOL,
      mfa: ofShape('GetUserPoolMfaConfigResponse'),
      session: ofShape('GetUserPoolSessionConfigurationResponse'),
      local: object(LOCAL_SETTINGS),
    } satisfies Checks<PoolSettings>,
    ['userPool', 'mfa', 'session', 'local'],
  ),
  secret: object({ key: text(/^[\w-]{43}$/, '32 bytes in base64url') }, ['key']),
  signingKeys: list(
    object({ use: oneOf('id', 'access'), kid: text(), privateJwk: rsaPrivateKey } satisfies Checks<KeptKey>, [
      'use',
      'kid',
      'privateJwk',
    ]),
    'use',
  ),
  documents: list(DOCUMENT),
  grants: list(object(GRANT, REQUIRED_OF_GRANT), 'eventId'),
  refreshTokens: list(
    object(
      {
        token: text(),
        eventId: text(),
        replacedAt: TIME,
        child: text(),
        discarded: boolean,
      } satisfies Checks<KeptToken>,
      ['token', 'eventId'],
    ),
    'token',
  ),
  loginSessions: list(object(LOGIN, REQUIRED_OF_LOGIN), 'session'),
  codes: list(
    object(
      {
        purpose: oneOf('ConfirmSignUp', 'ConfirmForgotPassword', 'VerifyUserAttribute'),
        username: text(),
        sub: text(),
        code: text(),
        to: text(/^/, 'a string'),
        medium: oneOf('SMS', 'EMAIL'),
        expires: TIME,
      } satisfies Checks<IssuedCode>,
      ['purpose', 'username', 'code', 'to', 'medium', 'expires'],
    ),
  ),
};

const SECRET = object({ id: text(), value: text(), createdAt: TIME } satisfies Checks<ClientSecret>, [
  'id',
  'value',
  'createdAt',
]);

/** Checks a client in AWS's shape. Its other members are those of AWS's UserPoolClientType. */
export const CLIENT_RECORD: Check = (value, path) => {
  ofShape('UserPoolClientType')(value, path);
  // The check of the shape has let nothing else pass
  const { ClientId, ClientSecret, secrets, ssoMinutes } = value as Readonly<Record<string, unknown>>;
  text(/^[\w+-]{1,128}$/, '1 to 128 letters, digits, "_", "+" or "-"')(ClientId, `${path}.ClientId`);
  if (ClientSecret !== undefined) text()(ClientSecret, `${path}.ClientSecret`);
  if (secrets !== undefined) list(SECRET)(secrets, `${path}.secrets`);
  if (ssoMinutes !== undefined) positive(ssoMinutes, `${path}.ssoMinutes`);
};

export const GROUP_RECORD: Check = (value, path) => {
  ofShape('GroupType')(value, path);
  // The check of the shape has let nothing else pass
  const { GroupName } = value as Readonly<Record<string, unknown>>;
  text(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, '1 to 128 characters without spaces')(
    GroupName,
    `${path}.GroupName`,
  );
};

/** @param time milliseconds since the epoch: the date of a secret that has none */
export function fromClientRecord(record: ClientRecord, UserPoolId: string, time: number): Client {
  const { ClientSecret, secrets, ...client } = record;
  const alone =
    ClientSecret === undefined ? [] : [{ id: record.ClientId, value: ClientSecret, createdAt: time }];
  return { ...client, UserPoolId, secrets: secrets ?? alone };
}

/** What only a pool has that was there before. */
export function fromPoolRecord(
  record: PoolRecord,
): Pick<
  PoolContents,
  'documents' | 'secret' | 'signingKeys' | 'grants' | 'refreshTokens' | 'loginSessions' | 'codes'
> {
  const { secret, signingKeys = [], documents = [], grants = [] } = record;
  const { refreshTokens = [], loginSessions = [], codes = [] } = record;
  return {
    documents: documents.map(documentEntry),
    ...(secret && { secret: { key: fromBase64Url(secret.key) } }),
    signingKeys,
    grants,
    refreshTokens,
    loginSessions,
    codes,
  };
}

export const fromSettingsRecord = (settings: PoolSettings): PoolSettings => ({
  ...settings,
  local: { ...DEFAULT_LOCAL_SETTINGS, ...settings.local },
});

export const documentEntry = ({ kind, id, document }: DocumentRecord) =>
  [documentKey({ kind, id }), { kind, id, document }] as const;

/** The key of a document in its collection. */
export const documentKey = ({ kind, id }: StoredDocument): string => `${String(kind)}:${String(id)}`;
