/** The credentials of an identity pool, by AWS's own provider, refresh through the session. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { fromCognitoIdentityPool } from '@aws-sdk/credential-providers';
import { createUserPool } from '../../pool/src/index.ts';
import { createUserStore, decodeClaims, identityPoolLogin, memoryStorage, signIn } from '../../src/index.ts';
import { createSession } from '../../src/session/index.ts';
import { alice, client } from '../support/client.ts';

interface Asked {
  readonly operation: string;
  readonly logins: Readonly<Record<string, string>>;
}

const IDENTITY_POOL = 'us-east-1:11111111-2222-3333-4444-555555555555';

let asked: Asked[] = [];
/** How long the credentials of the stand-in are valid, in seconds. */
let validFor = 3600;
let server: Server;
let endpoint: string;

/** A stand-in of the identity pool: GetId, GetCredentialsForIdentity, and one operation that needs credentials. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const { Logins } = JSON.parse(Buffer.concat(chunks).toString()) as { Logins?: Asked['logins'] };
    asked.push({ operation, logins: Logins ?? {} });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(REPLIES[operation]?.() ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});
beforeEach(() => {
  asked = [];
});

const REPLIES: Readonly<Record<string, () => object>> = {
  GetId: () => ({ IdentityId: 'us-east-1:identity-of-alice' }),
  GetCredentialsForIdentity: () => ({
    IdentityId: 'us-east-1:identity-of-alice',
    Credentials: {
      AccessKeyId: 'ASIAEXAMPLE',
      SecretKey: 'example',
      SessionToken: 'example',
      Expiration: Date.now() / 1000 + validFor,
    },
  }),
  ListUserPools: () => ({ UserPools: [] }),
};

const operations = () => asked.map(({ operation }) => operation);
const loginsOf = (operation: string) =>
  asked.filter((call) => call.operation === operation).map(({ logins }) => logins);

async function signedInSession() {
  const clock = { ms: Date.now() };
  const pool = createUserPool({ now: () => clock.ms, users: [alice] });
  const options = { fetch: pool.fetch, now: () => clock.ms, maxAttempts: 1 } as const;
  const { username, password } = alice;
  const step = await signIn(client, { username, password }, options);
  if (step.status !== 'signed-in') throw new Error(step.status);
  const session = createSession(client, { store: createUserStore(memoryStorage(), client) }, options);
  await session.begin(step);
  const credentials = fromCognitoIdentityPool({
    identityPoolId: IDENTITY_POOL,
    clientConfig: { region: 'us-east-1', endpoint },
    logins: { [identityPoolLogin(client)]: async () => (await session.tokens()).idToken },
  });
  return { clock, session, credentials, firstIdToken: step.tokens.idToken };
}

const KEY = `cognito-idp.us-east-1.amazonaws.com/${client.userPoolId}`;

test('the identity pool gets the ID token under the key of the user pool', async () => {
  const { credentials, session, firstIdToken } = await signedInSession();
  expect(await credentials()).toMatchObject({ accessKeyId: 'ASIAEXAMPLE', sessionToken: 'example' });
  expect(operations()).toEqual(['GetId', 'GetCredentialsForIdentity']);
  expect(asked.map(({ logins }) => logins)).toEqual([{ [KEY]: firstIdToken }, { [KEY]: firstIdToken }]);
  session.close();
});

test('after the ID token has ended, the next call brings a new one', async () => {
  const { credentials, session, clock, firstIdToken } = await signedInSession();
  await credentials();
  clock.ms += 2 * 3_600_000;
  await credentials();
  const [first, second] = loginsOf('GetCredentialsForIdentity');
  expect(first?.[KEY]).toBe(firstIdToken);
  expect(second?.[KEY]).not.toBe(firstIdToken);
  expect(Number(decodeClaims(second?.[KEY] ?? '')?.['exp']) * 1000).toBeGreaterThan(clock.ms);
  session.close();
});

test.each([
  ['again when they end within five minutes', 60, true],
  ['once while they are valid', 3600, false],
])('a client of the SDK asks for credentials %s', async (_, seconds, isAskedAgain) => {
  validFor = seconds;
  const { credentials, session } = await signedInSession();
  const sdk = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint, credentials });
  await sdk.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  expect(operations().at(-1)).toBe('ListUserPools');
  asked = [];
  await sdk.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  expect(operations().includes('GetCredentialsForIdentity')).toBe(isAskedAgain);
  expect(operations().at(-1)).toBe('ListUserPools');
  sdk.destroy();
  session.close();
});

test('after a sign-out there are no credentials, and the identity pool is not asked', async () => {
  const { credentials, session } = await signedInSession();
  await session.signOut();
  await expect(credentials()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  expect(asked).toEqual([]);
  session.close();
});
