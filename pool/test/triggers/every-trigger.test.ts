/** Each trigger of LambdaConfig runs from a module of `--triggers`, and as a function in Python through the Lambda API. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { UserPoolOptions } from '../../src/index.ts';
import { TRIGGER_NAMES, type TriggerName } from '../../src/triggers/trigger-names.ts';
import { run as runCommand } from '../cli/run.ts';
import { createAgent, POOL } from '../federation/browser-agent.ts';
import { type StandIn, startStandIn } from '../federation/stand-in.ts';
import { CLIENT, oidcProvider, signInThrough } from '../federation/world.ts';
import { claimsOf } from '../raw-calls.ts';
import { type Invocation, type LambdaServer, startLambdaServer } from './lambda-server.ts';

type Event = Invocation['event'];

/** A running pool: what answers a request, and the events that its triggers got. */
interface World {
  readonly fetch: typeof globalThis.fetch;
  readonly call: (operation: string, input: object) => Promise<Readonly<Record<string, unknown>>>;
}

/** The request that makes a trigger run, and what its reply shows of the trigger. */
interface Row {
  readonly options?: UserPoolOptions;
  readonly run: (world: World) => Promise<unknown>;
  readonly shown?: unknown;
  /** The trigger sources in their order. */
  readonly sources: readonly string[];
  /** The triggers of the pool. Default: the one of the row. */
  readonly triggers?: readonly TriggerName[];
}

const PASSWORD = 'Correct-Horse-9';
const EMAIL = { Name: 'email', Value: 'alice@example.com' };
const PHONE = { Name: 'phone_number', Value: '+4912345678' };
const NO_USERS: UserPoolOptions = { users: [] };
const ALICE: UserPoolOptions = {
  users: [{ username: 'alice', password: PASSWORD, attributes: { email: EMAIL.Value } }],
};
const TOKENS = { TokenType: 'Bearer' };

const signUp = (UserAttributes: readonly object[]) => (world: World) =>
  world.call('SignUp', { ClientId: 'web', Username: 'alice', Password: PASSWORD, UserAttributes });
const signIn = ({ call }: World) =>
  call('InitiateAuth', {
    ClientId: 'web',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'alice', PASSWORD },
  });

async function answerChallenge({ call }: World) {
  const { Session } = await call('InitiateAuth', {
    ClientId: 'web',
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME: 'alice' },
  });
  return call('RespondToAuthChallenge', {
    ClientId: 'web',
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session,
    ChallengeResponses: { USERNAME: 'alice', ANSWER: 'blue' },
  });
}

const outbox = async ({ fetch }: World): Promise<readonly object[]> => {
  const response = await fetch(`${POOL}/_/outbox`);
  return (await response.json()) as readonly object[];
};

const CUSTOM_AUTH: Row = {
  options: ALICE,
  triggers: ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'],
  run: answerChallenge,
  shown: { AuthenticationResult: TOKENS },
  sources: [
    'DefineAuthChallenge_Authentication',
    'CreateAuthChallenge_Authentication',
    'VerifyAuthChallengeResponse_Authentication',
    'DefineAuthChallenge_Authentication',
  ],
};

const ROWS: Readonly<Record<TriggerName, Row>> = {
  PreSignUp: {
    options: NO_USERS,
    run: signUp([EMAIL]),
    shown: { UserConfirmed: true },
    sources: ['PreSignUp_SignUp'],
  },
  PostConfirmation: {
    options: NO_USERS,
    run: async (world) => {
      await signUp([EMAIL])(world);
      const [message] = await outbox(world);
      const { code: ConfirmationCode } = message as { readonly code: string };
      return world.call('ConfirmSignUp', { ClientId: 'web', Username: 'alice', ConfirmationCode });
    },
    shown: {},
    sources: ['PostConfirmation_ConfirmSignUp'],
  },
  PreAuthentication: {
    options: ALICE,
    run: signIn,
    shown: { AuthenticationResult: TOKENS },
    sources: ['PreAuthentication_Authentication'],
  },
  PostAuthentication: {
    options: ALICE,
    run: signIn,
    shown: { AuthenticationResult: TOKENS },
    sources: ['PostAuthentication_Authentication'],
  },
  PreTokenGeneration: {
    options: ALICE,
    run: async (world) => {
      const { AuthenticationResult } = await signIn(world);
      return claimsOf((AuthenticationResult as { readonly IdToken: string }).IdToken);
    },
    shown: { team: 'blue' },
    sources: ['TokenGeneration_Authentication'],
  },
  UserMigration: {
    options: NO_USERS,
    run: signIn,
    shown: { AuthenticationResult: TOKENS },
    sources: ['UserMigration_Authentication'],
  },
  CustomMessage: {
    options: NO_USERS,
    run: async (world) => {
      await signUp([EMAIL])(world);
      return outbox(world);
    },
    shown: [{ subject: 'Blue team', body: expect.stringMatching(/^Your blue code is \d{6}$/) }],
    sources: ['CustomMessage_SignUp'],
  },
  DefineAuthChallenge: CUSTOM_AUTH,
  CreateAuthChallenge: CUSTOM_AUTH,
  VerifyAuthChallengeResponse: CUSTOM_AUTH,
  CustomEmailSender: { options: NO_USERS, run: signUp([EMAIL]), sources: ['CustomEmailSender_SignUp'] },
  CustomSMSSender: { options: NO_USERS, run: signUp([PHONE]), sources: ['CustomSMSSender_SignUp'] },
  InboundFederation: {
    run: async ({ fetch }) => {
      const callback = await signInThrough(createAgent({ fetch }), 'Alice-1');
      return callback.searchParams.get('code') !== null;
    },
    shown: true,
    sources: ['InboundFederation_ExternalProvider'],
  },
};

let standIn: StandIn;
let python: LambdaServer;
const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-every-trigger-'));
beforeAll(async () => {
  standIn = await startStandIn([`${POOL}/oauth2/idpresponse`], { 'Alice-1': { email: EMAIL.Value } });
  python = await startLambdaServer();
});
afterAll(async () => {
  await standIn.end();
  await python.stop();
  rmSync(folder, { recursive: true });
});

const optionsOf = (name: TriggerName): UserPoolOptions =>
  ROWS[name].options ?? { clients: [CLIENT], identityProviders: [oidcProvider(standIn.issuer)] };

const triggersOf = (name: TriggerName): readonly TriggerName[] => ROWS[name].triggers ?? [name];

/** Runs the command with these flags, and what is to be done with the pool that it serves. */
async function withCommand<Result>(
  name: TriggerName,
  options: UserPoolOptions,
  flags: readonly string[],
  use: (world: World) => Promise<Result>,
): Promise<Result> {
  const seed = join(folder, `${name}.json`);
  writeFileSync(seed, JSON.stringify(options));
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let announce = (_line: string) => {};
  const announced = new Promise<string>((resolve) => {
    announce = resolve;
  });
  const ended = runCommand(['--json', '--quiet', '--seed', seed, ...flags], {
    stdout: { write: announce },
    stderr: { write: (text) => announce(text) },
    untilStopped: () => stopped,
  });
  try {
    const line = await announced;
    const { endpoint } = JSON.parse(line) as { readonly endpoint?: string };
    if (endpoint === undefined) throw new Error(line);
    return await use(worldAt(endpoint));
  } finally {
    stop();
    await ended;
  }
}

/** The pool knows itself by the name that requests come to, which the stand-in provider sends the browser back to. */
function worldAt(endpoint: string): World {
  const { hostname, port } = new URL(endpoint);
  // The global fetch does not let a request name its host
  const at: typeof globalThis.fetch = async (input, init) => {
    const asked = new Request(input, init);
    const { pathname, search, host } = new URL(asked.url);
    const headers = { ...Object.fromEntries(asked.headers), host };
    const outgoing = request({ hostname, port, path: pathname + search, method: asked.method, headers });
    outgoing.end(await asked.text());
    const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
    const fields = Object.entries(reply.headersDistinct).flatMap(([field, values = []]) =>
      values.map((value): [string, string] => [field, value]),
    );
    return new Response(await text(reply), { status: reply.statusCode ?? 0, headers: new Headers(fields) });
  };
  return {
    fetch: at,
    call: async (operation, input) => {
      const response = await at(POOL, {
        method: 'POST',
        headers: { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}` },
        body: JSON.stringify(input),
      });
      return (await response.json()) as Readonly<Record<string, unknown>>;
    },
  };
}

/** The events of handlers.mjs, which are those of the last test. */
function takeNoted(): readonly Event[] {
  const { triggerEvents = [] } = globalThis as { triggerEvents?: Event[] };
  return triggerEvents.splice(0);
}

const sourcesOf = (events: readonly Event[]) => events.map(({ triggerSource }) => triggerSource);

const expectShown = (result: unknown, { shown }: Row) => {
  if (typeof shown === 'object') expect(result).toMatchObject(shown as object);
  else if (shown !== undefined) expect(result).toBe(shown);
};

/** Waits for as many events as a row has, because nobody waits for custom senders. */
async function eventually(count: number): Promise<readonly Event[]> {
  const events: Event[] = [...takeNoted()];
  while (events.length < count) {
    await new Promise((resolve) => setImmediate(resolve));
    events.push(...takeNoted());
  }
  return events;
}

test.each(TRIGGER_NAMES)('%s of a module for --triggers', async (name) => {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `export { ${triggersOf(name).join(', ')} } from '${join(__dirname, 'handlers.mjs')}';`);
  takeNoted();
  const row = ROWS[name];
  const result = await withCommand(name, optionsOf(name), ['--triggers', file], async (world) => {
    const reply = await row.run(world);
    expect(sourcesOf(await eventually(row.sources.length))).toEqual(row.sources);
    return reply;
  });
  expectShown(result, row);
});

/** The members of LambdaConfig that name the function in Python. */
function lambdaConfigOf(names: readonly TriggerName[]): object {
  const LambdaArn = 'arn:aws:lambda:us-east-1:000000000000:function:every-trigger';
  const withVersion: readonly TriggerName[] = ['CustomEmailSender', 'CustomSMSSender', 'InboundFederation'];
  return Object.fromEntries(
    names.map((each) => [
      each,
      withVersion.includes(each) ? { LambdaArn, LambdaVersion: 'V1_0' } : LambdaArn,
    ]),
  );
}

test.each(TRIGGER_NAMES)('%s in Python, through the Lambda API', async (name) => {
  const row = ROWS[name];
  const options = { ...optionsOf(name), userPool: { LambdaConfig: lambdaConfigOf(triggersOf(name)) } };
  const result = await withCommand(name, options, ['--lambda-endpoint', python.endpoint], async (world) => {
    const reply = await row.run(world);
    const invocations = await python.next(row.sources.length);
    expect(sourcesOf(invocations.map(({ event }) => event))).toEqual(row.sources);
    return reply;
  });
  expectShown(result, row);
});
