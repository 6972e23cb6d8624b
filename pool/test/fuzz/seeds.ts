/** The target `seeds`: options, seed files, and the snapshots and journals of a data folder. */
import fc, { type Arbitrary } from 'fast-check';
import { checkShowsNone, describe } from '../../../test/fuzz/case-checks.ts';
import { changes, textChanges, withChanges, withTextChanges } from '../../../test/fuzz/json-changes.ts';
import { expand, type Json, oddValue } from '../../../test/fuzz/odd-values.ts';
import { toRunnable } from '../../../test/fuzz/run-cases.ts';
import { makeSigningKeys, PASSWORD, steadyRng, TIME } from '../../../test/fuzz/steady-world.ts';
import { Fault, type RunnableTarget } from '../../../test/fuzz/target.ts';
import { parseSeed } from '../../src/cli/seed.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { openKeeper } from '../../src/kept/keeper.ts';
import { SECTIONS, seedOfKept } from '../../src/kept/snapshot-sections.ts';
import { toServiceOptions } from '../../src/options/service-options.ts';
import { createPoolService, type ServiceSurface, startService } from '../../src/pool-service.ts';
import { openDataFolder } from '../../src/store/data-folder.ts';
import { SIGNED } from '../admin-calls.ts';
import { memoryFiles } from './memory-files.ts';
import { POOL_ID, POOL_OPTIONS, targetOf } from './pool-world.ts';

export type SeedCase =
  | { readonly kind: 'seed'; readonly text: string; readonly asked: readonly number[] }
  | {
      readonly kind: 'folder';
      readonly snapshot: string;
      readonly journal: string;
      readonly generation: number;
      readonly asked: readonly number[];
    };

const FOLDER = '/pool-data';
const SNAPSHOT = `${FOLDER}/${POOL_ID}.json`;
/** Longer than the store waits before it writes. */
const FLUSHED_MS = 400;

/** A seed with every option that JSON can hold. */
const SEED: Json = JSON.parse(
  JSON.stringify({
    ...POOL_OPTIONS,
    schema: [
      {
        Name: 'points',
        AttributeDataType: 'Number',
        NumberAttributeConstraints: { MinValue: '1', MaxValue: '9' },
      },
    ],
    requiredAttributes: ['email'],
    passwordPolicy: { minimumLength: 8, requireNumbers: true, passwordHistorySize: 3 },
    aliasAttributes: ['email'],
    mfa: 'OPTIONAL',
    caseSensitive: false,
    allowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'],
    verifiedBeforeUpdate: ['email'],
    relyingPartyId: 'localhost',
    relyingPartyOrigins: ['http://localhost'],
    faults: [{ operation: 'SignUp', fault: 'throttled', times: 1 }],
    sessionPlacement: { USER_AUTH: 'absent' },
    tokenValidity: 60,
    timestampTolerance: 5,
    issuer: 'https://issuer.example',
    preTokenGenerationVersion: 'V2_0',
    triggerTimeoutMs: 100,
    allowedHosts: ['pool.example'],
    userPool: {
      UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
      Policies: {
        PasswordPolicy: { MinimumLength: 8 },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: false,
        InviteMessageTemplate: { EmailMessage: '{username} {####}' },
      },
      VerificationMessageTemplate: {
        DefaultEmailOption: 'CONFIRM_WITH_LINK',
        EmailMessageByLink: '{##Click##}',
      },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      LambdaConfig: {},
      UserPoolTags: { stage: 'test' },
    },
  }),
) as Json;

type SigningKeys = ReturnType<typeof makeSigningKeys>;

interface Files {
  readonly snapshot: string;
  readonly journal: string;
  readonly generation: number;
}

/** What a data folder has after some requests. */
async function rightFiles(signingKeys: SigningKeys): Promise<Files> {
  const files = new Map<string, Buffer>();
  const { keeper } = await openKeeper(FOLDER, { now: () => TIME, log: () => {}, files: memoryFiles(files) });
  const options = {
    ...POOL_OPTIONS,
    signingKeys,
    rng: steadyRng('pool'),
    now: () => TIME,
  };
  const { surface } = startService(toServiceOptions(options), keeper);
  await send(surface, 'InitiateAuth', SIGN_IN);
  await keeper.written();
  for (const [operation, input] of CHANGING) await send(surface, operation, input);
  await new Promise((resolve) => setTimeout(resolve, FLUSHED_MS));
  const [name = '', journal] = [...files].find(([path]) => path.endsWith('.journal')) ?? [];
  const right = {
    snapshot: String(files.get(SNAPSHOT)),
    journal: String(journal),
    generation: Number(/\.(\d+)\.journal$/.exec(name)?.[1]),
  };
  await keeper.close();
  return right;
}

const SIGN_IN = {
  ClientId: 'web',
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: 'alice', PASSWORD },
};

/** Requests that leave a record of each kind. */
const CHANGING: readonly (readonly [operation: string, input: object])[] = [
  ['InitiateAuth', SIGN_IN],
  ['ForgotPassword', { ClientId: 'web', Username: 'alice' }],
  [
    'SignUp',
    {
      ClientId: 'web',
      Username: 'dave',
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: 'd@example.com' }],
    },
  ],
  ['AdminAddUserToGroup', { UserPoolId: POOL_ID, Username: 'alice', GroupName: 'writers' }],
  ['CreateGroup', { UserPoolId: POOL_ID, GroupName: 'readers' }],
  ['AdminDeleteUser', { UserPoolId: POOL_ID, Username: 'carol' }],
  [
    'TagResource',
    { ResourceArn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${POOL_ID}`, Tags: { a: 'b' } },
  ],
];

/** Requests that read all that a pool has. None of them may be answered with a fault of the pool. */
const READING: readonly (readonly [operation: string, input: object])[] = [
  ['DescribeUserPool', { UserPoolId: POOL_ID }],
  ['GetUserPoolMfaConfig', { UserPoolId: POOL_ID }],
  ['DescribeUserPoolClient', { UserPoolId: POOL_ID, ClientId: 'web' }],
  ['ListUsers', { UserPoolId: POOL_ID }],
  ['AdminGetUser', { UserPoolId: POOL_ID, Username: 'alice' }],
  ['ListGroups', { UserPoolId: POOL_ID }],
  ['ListIdentityProviders', { UserPoolId: POOL_ID }],
  ['AdminListDevices', { UserPoolId: POOL_ID, Username: 'alice' }],
  ['InitiateAuth', SIGN_IN],
  ['InitiateAuth', { ClientId: 'web', AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'alice' } }],
  ...CHANGING,
  [
    'AdminCreateUser',
    { UserPoolId: POOL_ID, Username: 'erin', UserAttributes: [{ Name: 'email', Value: 'e@example.com' }] },
  ],
  ['CreateUserPoolClient', { UserPoolId: POOL_ID, ClientName: 'new' }],
  ['UpdateUserPool', { UserPoolId: POOL_ID }],
];

const PATHS = [
  `/${POOL_ID}/.well-known/openid-configuration`,
  `/oauth2/authorize?client_id=web&response_type=code&redirect_uri=${encodeURIComponent('https://app.example/callback')}`,
  '/_/outbox',
];

const send = (surface: ServiceSurface, operation: string, input: object): Promise<Response> =>
  surface.fetch('http://127.0.0.1/', {
    method: 'POST',
    headers: { 'x-amz-target': targetOf(operation), ...SIGNED },
    body: JSON.stringify(input),
  });

/** Which requests are sent. All of them would take longer than the rest. */
const asked = fc.array(fc.nat({ max: 19 }), { minLength: 1, maxLength: 4 });

export async function seedsTarget(): Promise<RunnableTarget> {
  const signingKeys = makeSigningKeys();
  const right = await rightFiles(signingKeys);
  const snapshot = JSON.parse(right.snapshot) as Json;
  const jsonOf = (value: Json) => changes.map((list) => JSON.stringify(withChanges(value, list)));
  const damaged = (text: Arbitrary<string>) =>
    fc.tuple(text, textChanges).map(([each, list]) => withTextChanges(each, list));
  const seeds = fc.record({
    kind: fc.constant('seed' as const),
    asked,
    text: fc.oneof(
      { arbitrary: jsonOf(SEED), weight: 6 },
      { arbitrary: jsonOf(snapshot), weight: 2 },
      {
        arbitrary: jsonOf({
          pools: [SEED, { userPoolId: 'us-east-1_Other', clients: [{ clientId: 'other' }] }],
        }),
        weight: 1,
      },
      { arbitrary: damaged(jsonOf(SEED)), weight: 1 },
      { arbitrary: oddValue.map((value) => JSON.stringify(value)), weight: 1 },
    ),
  });
  const folders = fc.record({
    kind: fc.constant('folder' as const),
    asked,
    snapshot: fc.oneof(fc.constant(right.snapshot), jsonOf(snapshot), damaged(fc.constant(right.snapshot))),
    journal: fc.oneof(
      fc.constant(right.journal),
      journals(right.journal),
      damaged(fc.constant(right.journal)),
    ),
    generation: fc.oneof(
      { arbitrary: fc.constant(right.generation), weight: 9 },
      { arbitrary: fc.nat({ max: 3 }), weight: 1 },
    ),
  });
  return toRunnable<SeedCase>({
    name: 'seeds',
    inputs: 'options as JSON, seed files, and snapshots and journals of a data folder, changed and damaged',
    arbitrary: fc.oneof<Arbitrary<SeedCase>[]>(seeds, folders),
    start: async () => ({ run: (input) => runCase(input, signingKeys), stop: async () => {} }),
    casesOfAWorld: 5000,
  });
}

/** Journals of which one line has something changed. */
function journals(right: string): Arbitrary<string> {
  const lines = right.split('\n');
  return fc
    .tuple(fc.nat({ max: Math.max(0, lines.length - 2) }), changes)
    .map(([at, list]) =>
      lines
        .map((line, index) =>
          index === at ? JSON.stringify(withChanges(JSON.parse(line) as Json, list)) : line,
        )
        .join('\n'),
    );
}

async function runCase(input: SeedCase, signingKeys: SigningKeys): Promise<void> {
  const surface =
    input.kind === 'seed' ? startSeed(expand(input.text), signingKeys) : await startFolder(input);
  if (!surface) return;
  for (const index of input.asked) {
    const [operation = '', body = {}] = READING[index % READING.length] ?? [];
    await check(operation, () => send(surface, operation, body));
    const path = PATHS[index % PATHS.length];
    await check(`${path}`, () => surface.fetch(`http://127.0.0.1${path}`));
  }
}

/** Undefined if the seed is refused by name. */
function startSeed(text: string, signingKeys: SigningKeys): ServiceSurface | undefined {
  try {
    const options = toServiceOptions(parseSeed(text));
    // A seed without keys would make some, which takes longer than everything else
    const pools = options.pools.map((pool) => ({ signingKeys, ...pool }));
    return createPoolService({ ...options, pools, now: () => TIME, logTriggers: () => {} });
  } catch (error) {
    // The command says what is wrong with a seed
    if (!(error instanceof UsageError)) throw new Fault(`Not a refusal of the seed: ${describe(error)}`);
    checkShowsNone(error, [PASSWORD]);
    return undefined;
  }
}

/** Undefined if the folder is refused, with the name of the file. */
async function startFolder({
  snapshot,
  journal,
  generation,
}: SeedCase & { readonly kind: 'folder' }): Promise<ServiceSurface | undefined> {
  const files = new Map([
    [SNAPSHOT, Buffer.from(expand(snapshot))],
    [`${FOLDER}/${POOL_ID}.${generation}.journal`, Buffer.from(expand(journal))],
  ]);
  try {
    const folder = await openDataFolder(FOLDER, {
      sections: SECTIONS,
      now: () => TIME,
      log: () => {},
      files: memoryFiles(files),
    });
    try {
      const kept = new Map([...folder.pools].map(([id, records]) => [id, seedOfKept(id, records)] as const));
      return startService(
        { pools: [{ userPoolId: POOL_ID }], now: () => TIME, logTriggers: () => {} },
        undefined,
        kept,
      ).surface;
    } finally {
      await folder.close();
    }
  } catch (error) {
    // `openKeeper` names the file where `seedOfKept` refuses a member
    const isRefusal =
      error instanceof Error && ['DataFolderError', 'TypeError'].includes(error.name) && !isOfEngine(error);
    if (!isRefusal) throw new Fault(`Not a refusal of the folder: ${describe(error)}`);
    checkShowsNone(error, [PASSWORD]);
    return undefined;
  }
}

/** The errors of JavaScript itself are TypeErrors, too. */
const isOfEngine = ({ message }: Error): boolean =>
  /^Cannot |^Class |^Invalid |is not a function|is not iterable|undefined|null \(/.test(message);

async function check(what: string, ask: () => Promise<Response>): Promise<void> {
  try {
    const response = await ask();
    const text = await response.text();
    if (response.status >= 500 && !text.includes('The request was throttled')) {
      throw new Fault(`${what}: status ${response.status}: ${text.slice(0, 500)}`);
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(`${what}: ${describe(error)}`);
  }
}
